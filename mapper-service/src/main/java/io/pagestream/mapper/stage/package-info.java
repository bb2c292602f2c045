/**
 * The mapper as a Kafka Streams processor: it decodes a run, applies the cache policy, forwards the
 * run with its verdicts and writes receipts. It removes the bytes of refused pages only if these
 * are to be skipped.
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
