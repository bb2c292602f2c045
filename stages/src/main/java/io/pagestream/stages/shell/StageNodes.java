package io.pagestream.stages.shell;

/**
 * Names of the topology's nodes that every stage sends to; each must be its child.
 *
 * @param receipts gets encoded {@link io.pagestream.schemas.avro.RunReceipt}s
 * @param deadLetters gets original keys and bytes with the headers of {@link
 *     io.pagestream.schemas.topic.DeadLetters}
 */
public record StageNodes(String receipts, String deadLetters) {}
