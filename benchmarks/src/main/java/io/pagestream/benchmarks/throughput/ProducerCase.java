package io.pagestream.benchmarks.throughput;

import io.pagestream.images.OpenOptions;
import io.pagestream.pipeline.ImageBatch;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** The producer alone: from the image, with its SHA-256, to the topic {@code pages}. */
final class ProducerCase {
  private ProducerCase() {}

  /** Each pass writes to topics of its own, which are deleted behind it. */
  static void run(Lab lab) throws Exception {
    for (int pass = 0; pass < lab.passes(); pass++) {
      String prefix = "producer-" + pass + '.';
      lab.createTopics(prefix);
      lab.measure(
          "producer",
          () -> {
            var unusedClosed = stream(lab, prefix);
          });
      deleteTopics(lab, prefix);
    }
  }

  /** Streams the image to its end. */
  static ImageClosed stream(Lab lab, String prefix) throws InterruptedException {
    List<ImageSubmission> images = List.of(ImageSubmission.of(List.of(lab.image())));
    try (ImageBatch batch = ImageBatch.start(images);
        ImageStreamer streamer = new ImageStreamer(lab.streaming(prefix))) {
      OpenOptions options = OpenOptions.defaults().withScratchDirectory(lab.scratch());
      return switch (batch.stream(0, streamer, options, new StreamListener() {})) {
        case ImageBatch.Outcome.Streamed(String id, ImageClosed closed) -> closed;
        case ImageBatch.Outcome.Duplicate(String id, String note) ->
            throw new IllegalStateException(note);
      };
    }
  }

  private static void deleteTopics(Lab lab, String prefix) throws Exception {
    try (Admin admin = Admin.create(lab.kafka().clientConfig())) {
      admin
          .deleteTopics(Topics.all().stream().map(topic -> topic.name(prefix)).toList())
          .all()
          .get();
    }
  }
}
