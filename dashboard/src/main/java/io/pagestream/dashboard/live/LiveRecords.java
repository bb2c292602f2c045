package io.pagestream.dashboard.live;

import io.pagestream.cases.collect.RejectedRecords;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.FindingRules;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Sorts the records of a live case by image. What cannot be genuine is counted. */
final class LiveRecords {
  /** Images that are followed at most; further ones are counted as unreadable records. */
  private static final int MOST_IMAGES = 1000;

  private final String images;
  private final String receipts;
  private final String verdicts;
  private final String deadLetters;
  private final Path scratch;
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final RecordCodec<PageStreamRecord> verdictCodec =
      new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final Map<String, LiveImage> byId = new LinkedHashMap<>();
  private List<Finding> findings = new ArrayList<>();
  private @Nullable PageStreamRecord reuse;
  private final FindingRules rules = new FindingRules();
  private final RejectedRecords rejected = new RejectedRecords();

  LiveRecords(String prefix, Path scratch) {
    this.images = Topics.IMAGES.name(prefix);
    this.receipts = Topics.RECEIPTS.name(prefix);
    this.verdicts = Topics.VERDICTS.name(prefix);
    this.deadLetters = Topics.DEAD_LETTERS.name(prefix);
    this.scratch = scratch;
  }

  void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (record.topic().equals(deadLetters)) {
      deadLetter(record);
      return;
    }
    if (value == null) {
      return; // a tombstone
    }
    try {
      if (record.topic().equals(images)) {
        manifest(manifestCodec.decode(value, null));
      } else if (record.topic().equals(receipts)) {
        RunReceipt receipt = receiptCodec.decode(value, null);
        LiveImage image = image(receipt.getImageId());
        if (image.ledger().receipt(receipt)) {
          image.factsChanged();
        }
      } else if (record.topic().equals(verdicts)) {
        verdict(value);
      } else {
        finding(record);
      }
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      rejected.add(record, RejectedRecords.REJECTED, String.valueOf(e.getMessage()));
    }
  }

  private void finding(ConsumerRecord<byte[], byte[]> record) {
    Finding finding = findingCodec.decode(record.value(), null);
    String violation = rules.violation(record.key(), finding);
    if (violation == null) {
      findings.add(finding);
    } else {
      rejected.add(record, RejectedRecords.FORGED, "a finding " + violation);
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter = DeadLetter.read(record.headers(), RejectedRecords.place(record));
    LiveImage image = letter.isRun() ? byId.get(letter.imageId()) : null;
    if (image == null) {
      rejected.add(letter);
    } else if (image.ledger().deadLetter(letter)) {
      image.factsChanged();
    }
  }

  private void manifest(ImageManifest manifest) {
    LiveImage image = image(manifest.getImageId());
    if (image.ledger().manifest(manifest)) {
      ImageManifest holds = image.ledger().manifest(); // this one may contradict it
      image.verdicts().manifest(holds == null ? manifest : holds);
      image.factsChanged();
    }
  }

  private void verdict(byte[] value) {
    PageStreamRecord record = verdictCodec.decode(value, reuse);
    reuse = record;
    if (!(record.getBody() instanceof PageRun run)) {
      reuse = null;
      return;
    }
    LiveImage image = image(run.getImageId());
    if (image.verdicts().add(run, value)) {
      image.verdictsChanged();
    }
  }

  private LiveImage image(String imageId) {
    LiveImage known = byId.get(imageId);
    if (known != null) {
      return known;
    }
    if (byId.size() >= MOST_IMAGES) {
      throw PagestreamException.of(ErrorCode.RECORD_CORRUPT, "too many images", "");
    }
    LiveImage image = new LiveImage(byId.size(), imageId, scratch);
    byId.put(imageId, image);
    return image;
  }

  /** The images, in the order in which they were first heard of. */
  List<LiveImage> images() {
    return List.copyOf(byId.values());
  }

  /** Findings that have not been taken yet. */
  int waitingFindings() {
    return findings.size();
  }

  /** Takes the findings. */
  List<Finding> takeFindings() {
    List<Finding> taken = findings;
    findings = new ArrayList<>();
    return taken;
  }

  /** Records that were rejected, and dead letters that belong to no image. */
  RejectedRecords rejected() {
    return rejected;
  }

  void close() {
    byId.values().forEach(image -> image.verdicts().close());
  }
}
