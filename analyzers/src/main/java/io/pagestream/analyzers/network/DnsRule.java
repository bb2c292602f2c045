package io.pagestream.analyzers.network;

import io.pagestream.analyzers.hosts.TopLevelDomains;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds DNS messages (RFC 1035), in packets and elsewhere, from the end of their first question:
 * the name is followed backward, label by label, to a header with possible flags and counts. The
 * name has at least two labels of letters, digits, hyphens and underscores, and ends in a top-level
 * domain; the type is known and the class is IN. The records that follow must be well-formed too.
 * Labels longer than 44 bytes are not followed: their length could be a character.
 */
final class DnsRule {
  static final String KIND = "dns-message";

  /** Length of a header. */
  static final int HEADER_BYTES = 12;

  /** Most bytes of a message that are examined; resolvers accept no longer ones over UDP. */
  static final int MAX_BYTES = 4096;

  /** Maximum distance of the last letter of the first question's name from the message's start. */
  static final int QUESTION_BYTES = HEADER_BYTES + 254;

  private static final int MAX_QUESTIONS = 8;

  /** Most records that are read; this bounds the work. */
  private static final int MAX_RECORDS = 32;

  /** Most answers that a finding contains. */
  private static final int MAX_ANSWERS = 16;

  private static final int MAX_FOLLOWED_LABEL = '-' - 1;
  private static final String[] RCODES = {
    "no-error", "format-error", "server-failure", "no-such-name", "not-implemented", "refused"
  };

  private final NetworkBytes bytes;
  private final PacketReport report;
  private final DnsRecords records;

  DnsRule(NetworkBytes bytes, PacketReport report) {
    this.bytes = bytes;
    this.report = report;
    this.records = new DnsRecords(bytes);
  }

  /** Reports the message whose first question's name has its last letter here, if there is one. */
  void check(int lastLetter) {
    if (lastLetter + 6 > bytes.limit()
        || DnsType.name(bytes.u16(lastLetter + 2)) == null
        || (bytes.u16(lastLetter + 4) & 0x7fff) != 1) {
      return;
    }
    int lowest = Math.max(HEADER_BYTES, lastLetter - QUESTION_BYTES + HEADER_BYTES);
    int end = lastLetter + 1;
    int labels = 0;
    int topLevel = 0;
    for (int at = lastLetter; at >= lowest; at--) {
      int c = bytes.u8(at);
      if (!DnsName.isHostByte(c)) {
        if (c != end - at - 1 || c == 0 || c > MAX_FOLLOWED_LABEL) {
          return;
        }
        labels++;
        topLevel = labels == 1 ? at : topLevel;
        end = at;
        if (labels > 1 && isHeader(at - HEADER_BYTES)) {
          message(at - HEADER_BYTES, topLevel, lastLetter + 6);
          return;
        }
      }
    }
  }

  /** RFC 1035, section 4.1.1; a query over multicast may contain answers (RFC 6762). */
  private boolean isHeader(int at) {
    int flags = bytes.u16(at + 2);
    int rcode = flags & 0xf;
    boolean response = flags >>> 15 != 0;
    boolean validFlags = (flags & 0x7840) == 0 && rcode < RCODES.length; // opcode QUERY, Z bit
    boolean validCounts =
        bytes.u16(at + 4) >= 1
            && bytes.u16(at + 4) <= MAX_QUESTIONS
            && bytes.u8(at + 6) == 0
            && bytes.u8(at + 8) == 0
            && bytes.u8(at + 10) == 0;
    // A query has no code, no authority (AA) and no recursion available (RA).
    return validFlags && validCounts && (response || (flags & 0x048f) == 0);
  }

  private void message(int message, int topLevel, int firstQuestionEnd) {
    String domain = bytes.ascii(topLevel + 1, bytes.u8(topLevel));
    if (!bytes.owns(message) || !TopLevelDomains.contains(domain)) {
      return;
    }
    int limit = Math.min(bytes.limit(), message + MAX_BYTES);
    int end = end(message, firstQuestionEnd, limit);
    boolean cut = false;
    if (end < 0) {
      // The next page of memory may belong to something else.
      int page = bytes.pageEnd(message);
      boolean crosses = end == DnsName.CUT || page < limit;
      if (!crosses || (firstQuestionEnd > page && end == DnsName.INVALID)) {
        return;
      }
      if (end == DnsName.INVALID && end(message, firstQuestionEnd, page) != DnsName.CUT) {
        return;
      }
      cut = true;
      end = firstQuestionEnd;
    }
    report(message, firstQuestionEnd, end, cut);
  }

  /** Offset after the last record that is read; {@link DnsName#CUT} or {@link DnsName#INVALID}. */
  private int end(int message, int firstQuestionEnd, int limit) {
    int at = moreQuestions(message, firstQuestionEnd, limit);
    return at < 0 ? at : records.check(message, at, recordCount(message), limit);
  }

  private int moreQuestions(int message, int firstQuestionEnd, int limit) {
    int at = firstQuestionEnd;
    for (int i = bytes.u16(message + 4); i > 1; i--) {
      at = DnsName.read(bytes, message, at, limit, null);
      if (at < 0) {
        return at;
      }
      if (at + 4 > limit) {
        return DnsName.CUT;
      }
      if (DnsType.name(bytes.u16(at)) == null || (bytes.u16(at + 2) & 0x7fff) != 1) {
        return DnsName.INVALID;
      }
      at += 4;
    }
    return at;
  }

  private int recordCount(int message) {
    int count = bytes.u16(message + 6) + bytes.u16(message + 8) + bytes.u16(message + 10);
    return Math.min(count, MAX_RECORDS);
  }

  private void report(int message, int firstQuestionEnd, int end, boolean cut) {
    StringBuilder value = new StringBuilder();
    DnsName.read(bytes, message, message + HEADER_BYTES, firstQuestionEnd, value);
    value.append(' ').append(DnsType.name(bytes.u16(firstQuestionEnd - 4)));
    int flags = bytes.u16(message + 2);
    int answers = bytes.u16(message + 6);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("message", flags >>> 15 == 0 ? "query" : "response");
    attributes.put("id", Integer.toString(bytes.u16(message)));
    if (flags >>> 15 != 0) {
      attributes.put("rcode", RCODES[flags & 0xf]);
      attributes.put("answer-count", Integer.toString(answers));
    }
    if (cut) {
      attributes.put("cut", "true");
    } else if (answers > 0) {
      int first = moreQuestions(message, firstQuestionEnd, end);
      attributes.put(
          "answers",
          String.join(", ", records.describe(message, first, Math.min(answers, MAX_ANSWERS))));
    }
    report.found(KIND, message, end - message, value.toString(), attributes, Confidence.MEDIUM);
  }
}
