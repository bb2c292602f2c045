package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.Location;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One finding for sorting: its sort key, and its bytes as received.
 *
 * @param image position of its image among those of the case
 * @param address address in its address space, in bytes; those of a kernel are negative, as in SQL,
 *     and therefore precede all physical ones
 * @param kind kind
 * @param idHigh first 16 hex digits of its id
 * @param idLow last 16 hex digits of its id
 * @param encoded the record in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // compared by order only, see compareTo
record FindingEntry(int image, long address, String kind, long idHigh, long idLow, byte[] encoded)
    implements Comparable<FindingEntry> {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /**
   * The entry of a finding.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if its id, kind or address is
   *     invalid: other clients may write to the topic
   */
  static FindingEntry of(int image, Finding finding, byte[] encoded) {
    String id = finding.getFindingId();
    require(ID.matcher(id).matches(), "its id is not 32 lower-case hex digits");
    require(KIND.matcher(finding.getKind()).matches(), "its kind is not a short kebab-case word");
    Location location = Location.of(finding);
    require(location.isPossible(), "its address is out of bounds");
    return new FindingEntry(
        image,
        location.address(),
        finding.getKind(),
        HexFormat.fromHexDigitsToLong(id, 0, 16),
        HexFormat.fromHexDigitsToLong(id, 16, 32),
        encoded);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "a finding is impossible: " + what,
          "check the version that wrote it");
    }
  }

  boolean isSameFinding(FindingEntry other) {
    return idHigh == other.idHigh && idLow == other.idLow && image == other.image;
  }

  /**
   * By image, address, kind and id. The bytes are compared last: if two copies of a finding differ,
   * the order of their arrival must not decide which one is kept.
   */
  @Override
  public int compareTo(FindingEntry other) {
    int order = Integer.compare(image, other.image);
    if (order == 0) {
      order = Long.compare(address, other.address);
    }
    if (order == 0) {
      order = kind.compareTo(other.kind);
    }
    if (order == 0) {
      order = Long.compareUnsigned(idHigh, other.idHigh);
    }
    if (order == 0) {
      order = Long.compareUnsigned(idLow, other.idLow);
    }
    return order == 0 ? Arrays.compareUnsigned(encoded, other.encoded) : order;
  }
}
