package io.pagestream.cases.collect;

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
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a case's topics, and passes them to the case that is collected and to a
 * follower. Records that are malformed, or cannot be genuine, are rejected and listed. Confined to
 * one thread.
 */
final class CaseRecords {
  private final CaseTally tally;
  private final CaseFollower follower;
  private final ResultStarts starts;
  private final String images;
  private final String receipts;
  private final String verdicts;
  private final String deadLetters;
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final RecordCodec<PageStreamRecord> verdictCodec =
      new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final FindingRules rules = new FindingRules();
  private final RejectedRecords rejected = new RejectedRecords();
  private @Nullable Finding reuse;
  private @Nullable PageStreamRecord reuseVerdict;

  CaseRecords(String prefix, CaseTally tally, CaseFollower follower, ResultStarts starts) {
    this.tally = tally;
    this.starts = starts;
    this.follower = follower;
    this.images = Topics.IMAGES.name(prefix);
    this.receipts = Topics.RECEIPTS.name(prefix);
    this.verdicts = Topics.VERDICTS.name(prefix);
    this.deadLetters = Topics.DEAD_LETTERS.name(prefix);
  }

  /** The topics from which a case is collected. */
  static List<String> topics(String prefix) {
    return List.of(
        Topics.IMAGES.name(prefix),
        Topics.VERDICTS.name(prefix),
        Topics.RECEIPTS.name(prefix),
        Topics.FINDINGS.name(prefix),
        Topics.DEAD_LETTERS.name(prefix));
  }

  /** Processes a record; returns whether it contains new information about the case. */
  boolean take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(deadLetters)) {
      return takeDeadLetter(record);
    }
    // null is a tombstone: a previous record was removed
    return record.value() != null && takeValue(record, record.value());
  }

  /** Records that were rejected so far. */
  RejectedRecords rejected() {
    return rejected;
  }

  private boolean takeValue(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    try {
      if (record.topic().equals(images)) {
        ImageManifest manifest = manifestCodec.decode(value, null);
        return !starts.isEarlier(manifest.getImageId(), record) && tally.manifest(manifest);
      } else if (record.topic().equals(receipts)) {
        RunReceipt receipt = receiptCodec.decode(value, null);
        return !starts.isEarlier(receipt.getImageId(), record) && tally.receipt(receipt);
      } else if (record.topic().equals(verdicts)) {
        return takeVerdict(record);
      }
      return takeFinding(record);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      rejected.add(record, RejectedRecords.REJECTED, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean takeFinding(ConsumerRecord<byte[], byte[]> record) {
    Finding finding = findingCodec.decode(record.value(), reuse);
    reuse = finding;
    String violation = rules.violation(record.key(), finding);
    if (violation != null) {
      rejected.add(record, RejectedRecords.FORGED, "a finding " + violation);
      return false;
    }
    boolean taken =
        !starts.isEarlier(finding.getImageId(), record) && tally.finding(finding, record.value());
    if (taken) {
      follower.finding(finding);
    }
    return taken;
  }

  private boolean takeDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter = DeadLetter.read(record.headers(), RejectedRecords.place(record));
    if (starts.isEarlier(letter.imageId(), record)) {
      return false;
    }
    if (letter.isRun() && tally.expects(letter.imageId())) {
      return tally.deadLetter(letter);
    }
    // One of an image as a whole says that a stage has refused it.
    if (letter.imageId().isEmpty() || (!letter.isRun() && tally.expects(letter.imageId()))) {
      rejected.add(letter); // those of other images concern other cases
    }
    return false;
  }

  private boolean takeVerdict(ConsumerRecord<byte[], byte[]> record) {
    PageStreamRecord verdict = verdictCodec.decode(record.value(), reuseVerdict);
    reuseVerdict = verdict;
    if (verdict.getBody() instanceof PageRun run) {
      return !starts.isEarlier(run.getImageId(), record) && tally.verdict(run, record.value());
    }
    reuseVerdict = null;
    rejected.add(record, RejectedRecords.REJECTED, "an opening or an end among the verdicts");
    return false;
  }
}
