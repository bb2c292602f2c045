package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.topic.StartOffsets;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The results of images that were streamed before. */
final class EarlierResults {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final List<Topic> TOPICS =
      List.of(
          Topics.IMAGES, Topics.VERDICTS, Topics.RECEIPTS, Topics.FINDINGS, Topics.DEAD_LETTERS);

  private EarlierResults() {}

  /** The current ends of the topics with results: those of an image opened now lie behind them. */
  static StartOffsets ends(StreamSettings settings) {
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.follower(settings)) {
      return new StartOffsets(consumer.endOffsets(partitions(consumer, settings)));
    }
  }

  /** Whether the results from the given offsets are all still there. */
  static boolean areRetained(StreamSettings settings, StartOffsets start) {
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.follower(settings)) {
      return consumer.beginningOffsets(partitions(consumer, settings)).entrySet().stream()
          .allMatch(first -> first.getValue() <= start.of(first.getKey()));
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, StreamSettings settings) {
    return TOPICS.stream()
        .map(topic -> topic.name(settings.topicPrefix()))
        .flatMap(topic ->
            consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())))
        .toList();
  }

  /** Waits until the last stage has finished an image that was sent before. */
  static void await(ImageManifest sent, ReceiptFollower receipts, StreamListener listener)
      throws InterruptedException {
    long blocks = new BlockLayout(sent.getRunsPerBlock()).blockCount(sent.getRunCount());
    AttendedTime waited = new AttendedTime(STEP.multipliedBy(2));
    while (receipts.firstUnfinishedBlock() < blocks) {
      receipts.throwIfFailed();
      if (!receipts.awaitReceipt(STEP)) {
        listener.waiting(waited.read(), 0);
      } else {
        waited.restart();
      }
    }
  }
}
