package io.pagestream.stages.shell;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Receives the output of a stage for the record that is being processed. Sent records have the
 * timestamp of that record; its headers are forwarded by {@link #passOn} only.
 */
public final class Outlet {
  private final ProcessorContext<byte[], Object> context;
  private final StageNodes nodes;
  private final Record<byte[], Object> cause;
  private final Encoder encoder;
  private final StageObserver observer;

  /** Returns the value of a record as bytes, for a dead letter. */
  @FunctionalInterface
  interface Encoder {
    byte @Nullable [] encode(@Nullable Object value);
  }

  /**
   * @param cause the record that is being processed
   */
  Outlet(
      ProcessorContext<byte[], Object> context,
      StageNodes nodes,
      Record<byte[], Object> cause,
      Encoder encoder,
      StageObserver observer) {
    this.context = context;
    this.nodes = nodes;
    this.cause = cause;
    this.encoder = encoder;
    this.observer = observer;
  }

  /** Time at which the producer sent the record that is being processed, in ms since 1970. */
  long timestampMs() {
    return cause.timestamp();
  }

  /** Sends a record to a node after that of the stage. */
  public void send(String node, byte[] key, byte[] value) {
    context.forward(new Record<>(key, (Object) value, cause.timestamp()), node);
  }

  /** Passes on the record that is being processed, with another value. */
  public void passOn(String node, Object value) {
    context.forward(cause.withValue(value), node);
  }

  /**
   * A dead letter for the record that is being processed, to be completed and {@link #bury sent}.
   */
  public DeadLetter letter(Stage stage, ErrorCode code, String reason, String message) {
    return DeadLetter.of(stage, code, reason, message, RecordSource.of(context));
  }

  /** Sends the record that is being processed to the dead letters. */
  public void bury(DeadLetter letter) {
    bury(letter, encoder.encode(cause.value()));
  }

  /** The same without the record's value, for a run that can only be read from its image again. */
  public void buryWithoutValue(DeadLetter letter) {
    bury(letter, null);
  }

  private void bury(DeadLetter letter, byte @Nullable [] original) {
    observer.buried(letter);
    context.forward(
        new Record<>(
            DeadLetter.key(cause.key()),
            (Object) DeadLetter.value(original),
            cause.timestamp(),
            letter.headers(original)),
        nodes.deadLetters());
  }
}
