package io.pagestream.cases.collect;

import io.pagestream.cases.text.HostileText;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records that a reader of the topics rejects, and dead letters of the stages that belong to no
 * image of the case: each once, the first {@link #MOST} with all details. Confined to one thread.
 */
public final class RejectedRecords {
  /** Reason for a record that is malformed, or contradicts itself or another one. */
  public static final String REJECTED = "record-rejected";

  /** Reason for a finding whose id does not match its content, or that is invalid. */
  public static final String FORGED = "finding-rejected";

  private static final int MOST_LINE = 300;

  /** Maximum number of records that are listed individually. */
  public static final int MOST = 10_000;

  private final List<DeadLetter> letters = new ArrayList<>();
  private final Set<String> sources = new HashSet<>();
  private long count;

  /**
   * Adds a record that was read and rejected.
   *
   * @param message the problem, in one sentence
   */
  public void add(ConsumerRecord<byte[], byte[]> record, String reason, String message) {
    Stage writer =
        record.topic().endsWith(Topics.FINDINGS.id())
            ? Stage.ANALYZERS
            : record.topic().endsWith(Topics.VERDICTS.id()) ? Stage.MAPPER : Stage.PRODUCER;
    add(DeadLetter.of(writer, ErrorCode.RECORD_CORRUPT, reason, message, place(record)));
  }

  /** Adds a dead letter, unless its record was added already. */
  public void add(DeadLetter letter) {
    if (sources.size() >= MOST) {
      count++;
    } else if (sources.add(letter.source())) {
      count++;
      letters.add(letter);
    }
  }

  /** The position of a record: {@code topic/partition/offset}. */
  public static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + '/' + record.partition() + '/' + record.offset();
  }

  /** The total number, including records that are not listed. */
  public long count() {
    return count;
  }

  /** The first ones. */
  public List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  /**
   * Lines for display: the first records with their positions, and the number of further ones;
   * empty if there are none.
   *
   * @param most maximum number of records that are named
   */
  public List<String> lines(int most) {
    List<String> lines = new ArrayList<>();
    letters.stream()
        .limit(most)
        .forEach(letter ->
            lines.add(
                HostileText.printable(
                    "rejected " + letter.source() + ": " + letter.message(), MOST_LINE)));
    if (count > lines.size()) {
      lines.add("%d more records were rejected".formatted(count - lines.size()));
    }
    return lines;
  }

  /** The resulting doubts of a case, as a short list. */
  public static List<Doubt> doubts(List<DeadLetter> letters) {
    return DoubtList.of(
        letters.stream()
            .map(letter -> {
              String reason = letter.reason().equals(FORGED) ? FORGED : REJECTED;
              return new Doubt(reason, 0L, 0L, letter.source() + ": " + letter.message());
            })
            .toList());
  }
}
