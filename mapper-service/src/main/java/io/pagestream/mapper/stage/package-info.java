/**
 * The mapper as a Kafka Streams processor: it decodes, asks the cache policy, takes the bytes of
 * refused pages away, passes the run on and writes receipts.
 *
 * <pre>
 *  pages ─► MapperProcessor ─► mapped-pages (or the analyzers' processor, in the same process)
 *                │ ├─────────► verdicts
 *                │ ├─────────► receipts
 *                │ └─────────► dead-letters
 *          manifests, receipts: in-memory stores with changelogs
 * </pre>
 */
@NullMarked
package io.pagestream.mapper.stage;

import org.jspecify.annotations.NullMarked;
