package io.pagestream.pipeline;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts a record that a stage has produced and that is too large for any topic to a dead letter:
 * crafted input must not end the stage. The receipts still count the record, so the case reports
 * that it is missing. Every other failure is handled as Kafka Streams does.
 */
public final class OversizedRecords implements ProductionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OversizedRecords.class);

  private final ProductionExceptionHandler others = new DefaultProductionExceptionHandler();
  private String deadLetters = Topics.DEAD_LETTERS.name(Topics.DEFAULT_PREFIX);

  @Override
  public void configure(Map<String, ?> configs) {
    others.configure(configs);
    if (configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG)
        instanceof String topic) {
      deadLetters = topic;
    }
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (!(exception instanceof RecordTooLargeException) || record.topic().equals(deadLetters)) {
      return others.handleError(context, record, exception);
    }
    String source = context.topic() + '/' + context.partition() + '/' + context.offset();
    LOG.error("a record for {} made of {} is too large for the topic", record.topic(), source);
    DeadLetter letter =
        DeadLetter.of(
            record.topic().endsWith(Topics.FINDINGS.id()) ? Stage.ANALYZERS : Stage.MAPPER,
            ErrorCode.RECORD_CORRUPT,
            "too-large",
            "a record for %s is larger than the topic allows".formatted(record.topic()),
            source);
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                deadLetters,
                null,
                DeadLetter.key(record.key()),
                DeadLetter.value(record.value()),
                letter.headers(record.value()))));
  }

  @Override
  @SuppressWarnings("rawtypes") // Kafka's own signature
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    return others.handleSerializationError(context, record, exception, origin);
  }
}
