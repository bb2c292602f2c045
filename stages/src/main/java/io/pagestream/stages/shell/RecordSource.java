package io.pagestream.stages.shell;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The origin of the record that a stage is processing. */
final class RecordSource {
  private RecordSource() {}

  /** {@code topic/partition/offset}, or {@code unknown} outside of the processing of a record. */
  static String of(ProcessorContext<?, ?> context) {
    return context
        .recordMetadata()
        .map(from -> from.topic() + '/' + from.partition() + '/' + from.offset())
        .orElse("unknown");
  }
}
