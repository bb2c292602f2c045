package io.pagestream.schemas.topic;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.text.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a dead letter. With the original key and value they are sufficient to process the
 * record again.
 *
 * @param stage stage that could not process the record
 * @param code numbered error code, for example {@code PS-210}
 * @param reason kebab-case word for the problem
 * @param message the problem, one line
 * @param source origin of the record: {@code topic/partition/offset}
 * @param analyzer analyzer that failed; empty if it was none
 * @param imageId image of the record; empty if unknown
 * @param runIndex index of the run; -1 if the record is not a run or the index is unknown
 * @param physicalAddress physical address of the run's first page in bytes; -1 if unknown
 * @param pageCount pages of the run; 0 if unknown
 */
public record DeadLetter(
    Stage stage,
    String code,
    String reason,
    String message,
    String source,
    String analyzer,
    String imageId,
    long runIndex,
    long physicalAddress,
    long pageCount) {
  /** Maximum length of each text: messages quote data that an attacker wrote. */
  public static final int MOST_CHARACTERS = 500;

  /** Bytes reserved for headers and key, in addition to the value. */
  private static final int OVERHEAD_BYTES = 16 * 1024;

  private static final int MOST_VALUE_BYTES = Topics.MAX_RECORD_BYTES - OVERHEAD_BYTES;

  /** Maximum length of a key in bytes; a longer one is cut. */
  private static final int MOST_KEY_BYTES = 1024;

  /** Truncates values that are too long. */
  public DeadLetter {
    code = cut(code);
    reason = cut(reason);
    message = cut(message);
    source = cut(source);
    analyzer = cut(analyzer);
    imageId = cut(imageId);
  }

  private static String cut(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = MOST_CHARACTERS - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A dead letter with only the problem. */
  public static DeadLetter of(
      Stage stage, ErrorCode code, String reason, String message, String source) {
    return new DeadLetter(stage, code.toString(), reason, message, source, "", "", -1, -1, 0);
  }

  /** The same, for an analyzer. */
  public DeadLetter by(String failed) {
    return at(failed, imageId, runIndex, physicalAddress, pageCount);
  }

  /** The same, for a run with only its index. */
  public DeadLetter run(String image, long index) {
    return at(analyzer, image, index, -1, 0);
  }

  /** The same, for an image as a whole. */
  public DeadLetter image(String image) {
    return at(analyzer, image, -1, -1, 0);
  }

  /** The same, for a run. */
  public DeadLetter run(PageRun run) {
    return at(
        analyzer,
        run.getImageId(),
        run.getRunIndex(),
        run.getPhysicalAddress(),
        run.getPageCount());
  }

  private DeadLetter at(String by, String image, long index, long address, long pages) {
    return new DeadLetter(stage, code, reason, message, source, by, image, index, address, pages);
  }

  /** Whether it names a run of an image, so that the run can be analyzed again. */
  public boolean isRun() {
    return !imageId.isEmpty() && runIndex >= 0;
  }

  /**
   * The headers, to be sent with {@link #key(byte[])} and {@link #value(byte[])}.
   *
   * @param original the record's value; its length is added if it is too large for a dead letter
   */
  public Headers headers(byte @Nullable [] original) {
    Headers headers = new RecordHeaders();
    put(headers, DeadLetters.STAGE, stage.name().toLowerCase(Locale.ROOT));
    put(headers, DeadLetters.ERROR_CODE, code);
    put(headers, DeadLetters.REASON, reason);
    put(headers, DeadLetters.ERROR_MESSAGE, message);
    put(headers, DeadLetters.SOURCE, source);
    put(headers, DeadLetters.ANALYZER, analyzer);
    put(headers, DeadLetters.IMAGE, imageId);
    put(headers, DeadLetters.RUN, runIndex < 0 ? "" : Long.toString(runIndex));
    put(headers, DeadLetters.ADDRESS, physicalAddress < 0 ? "" : Hex.of(physicalAddress));
    put(headers, DeadLetters.PAGES, pageCount <= 0 ? "" : Long.toString(pageCount));
    if (original != null && original.length > MOST_VALUE_BYTES) {
      put(headers, DeadLetters.TRUNCATED, Integer.toString(original.length));
    }
    return headers;
  }

  private static void put(Headers headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The value of a dead letter: the original, cut if it is too large for the topic. */
  public static byte @Nullable [] value(byte @Nullable [] original) {
    return original == null || original.length <= MOST_VALUE_BYTES
        ? original
        : Arrays.copyOf(original, MOST_VALUE_BYTES);
  }

  /** The key of a dead letter: the original, cut if it is longer than any valid key. */
  public static byte @Nullable [] key(byte @Nullable [] original) {
    return original == null || original.length <= MOST_KEY_BYTES
        ? original
        : Arrays.copyOf(original, MOST_KEY_BYTES);
  }

  /**
   * Reads headers. Other clients may write to the topic: missing or invalid values are empty or
   * unknown.
   *
   * @param place position of the dead letter itself, in case it does not contain its origin
   */
  public static DeadLetter read(Headers headers, String place) {
    String stage = text(headers, DeadLetters.STAGE).toUpperCase(Locale.ROOT);
    String source = text(headers, DeadLetters.SOURCE);
    String reason = text(headers, DeadLetters.REASON);
    return new DeadLetter(
        Arrays.stream(Stage.values())
            .filter(known -> known.name().equals(stage))
            .findFirst()
            .orElse(Stage.PRODUCER),
        text(headers, DeadLetters.ERROR_CODE),
        reason.isEmpty() ? "unknown" : reason,
        text(headers, DeadLetters.ERROR_MESSAGE),
        source.isEmpty() ? place : source,
        text(headers, DeadLetters.ANALYZER),
        text(headers, DeadLetters.IMAGE),
        number(text(headers, DeadLetters.RUN), 10, -1),
        number(text(headers, DeadLetters.ADDRESS).replaceFirst("^0x", ""), 16, -1),
        number(text(headers, DeadLetters.PAGES), 10, 0));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static long number(String digits, int radix, long otherwise) {
    try {
      long number = Long.parseLong(digits, radix);
      return number < 0 ? otherwise : number;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
