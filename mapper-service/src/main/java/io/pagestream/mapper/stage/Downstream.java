package io.pagestream.mapper.stage;

/**
 * Names of the topology's nodes that the mapper forwards to; each must be its child.
 *
 * @param mapped receives every record of the page stream, as {@link
 *     io.pagestream.schemas.avro.PageStreamRecord}, under its original key; a run is valid until
 *     the call returns, because its buffers are reused
 * @param verdicts receives encoded {@link io.pagestream.schemas.avro.PageStreamRecord}s of judged
 *     runs without their bytes, under the runs' keys
 * @param receipts receives encoded {@link io.pagestream.schemas.avro.RunReceipt}s
 * @param deadLetters receives original keys and bytes with the headers of {@link
 *     io.pagestream.schemas.topic.DeadLetters}
 */
public record Downstream(String mapped, String verdicts, String receipts, String deadLetters) {}
