/**
 * The findings store: one DuckDB database per case, with the schema described in {@code
 * docs/store.md}. For a finished case it is built from the case folder's files, and rebuilt when
 * they change; for a live cluster it is filled from the topics. Nothing here is loaded before the
 * first query.
 *
 * <pre>
 * findings.jsonl, verdicts.jsonl, manifest.json ─► CaseStore ─┐
 *                                                             ├─► FindingStore ─► query, dashboard, exports
 *                          topics ─► the caller ─► LiveStore ─┘
 * </pre>
 */
@NullMarked
package io.pagestream.cases.store;

import org.jspecify.annotations.NullMarked;
