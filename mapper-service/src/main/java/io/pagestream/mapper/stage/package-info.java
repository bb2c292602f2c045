/**
 * The mapper as a Kafka Streams processor: it decodes, asks the cache policy, passes the run on
 * with its verdicts and writes receipts. Only if refused pages are to be skipped does it take their
 * bytes away.
 *
 * <pre>
 *  pages ─► MapperWork ─► mapped-pages (or the analyzers' processor, in the same process)
 *                │ ├─────────► verdicts
 *                │ ├─────────► receipts
 *                │ └─────────► dead-letters
 *          manifests, receipts: in-memory stores with changelogs
 * </pre>
 */
@NullMarked
package io.pagestream.mapper.stage;

import org.jspecify.annotations.NullMarked;
