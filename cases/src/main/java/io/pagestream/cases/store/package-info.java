/**
 * The findings store: one DuckDB database a case, with the schema that {@code docs/store.md}
 * describes. For a finished case it is made from the case folder's files, and made again when they
 * change; for a live cluster it is filled from the topics. Nothing here is loaded before the first
 * question is asked.
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
