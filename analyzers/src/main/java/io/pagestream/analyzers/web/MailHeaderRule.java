package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Header fields at the start of a line whose value has the form that RFC 5322 (section 3.6) defines
 * for them: an address, a message id, a date. A subject or program must be followed by another
 * field. The value is the field with its continuation lines, at most 998 characters; old mail
 * programs also write characters of ISO 8859-1 as they are.
 */
final class MailHeaderRule implements TextRule {
  private static final int MAX_CHARS = 998;
  private static final int MAX_NAME_CHARS = 40;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  @Override
  public boolean examine(CharView text, Report report) {
    int from = text.skipBack(-1, -1 - MAX_NAME_CHARS, Chars.LETTER | Chars.HYPHEN);
    if (!Lines.isEnd(text, from - 1) || text.is(from, Chars.HYPHEN)) {
      return false;
    }
    int to = Lines.end(text, 1, MAX_CHARS);
    int next = Lines.next(text, to);
    while (next > to && next < MAX_CHARS && (text.at(next) == ' ' || text.at(next) == '\t')) {
      to = Lines.end(text, next, MAX_CHARS);
      next = Lines.next(text, to);
    }
    if (to == 1 || to >= MAX_CHARS || !isValue(text, from, to, next)) {
      return false;
    }
    int first = Lines.end(text, 1, MAX_CHARS);
    boolean utf8 = Lines.isPrintable(text, 1, first);
    if (!utf8 && !isLatin1(text, 1, first)) {
      return false;
    }
    String value = utf8 ? text.text(from, to) : latin1(text, from, to);
    String name = text.text(from, -1);
    Map<String, String> attributes =
        utf8 ? Map.of("name", name) : Map.of("name", name, "charset", "iso-8859-1");
    report.found(WebAnalyzer.RFC822_HEADER, text, from, to, value, attributes, null);
    return true;
  }

  /** Whether the bytes are text in ISO 8859, at most a quarter of it beyond ASCII. */
  private static boolean isLatin1(CharView text, int from, int to) {
    int beyond = 0;
    for (int i = from; i < to; i++) {
      int c = text.at(i);
      if ((c < ' ' && c != '\t') || (c >= 0x7F && c < 0xA0)) {
        return false;
      }
      beyond += c >= 0xA0 ? 1 : 0;
    }
    return !text.wide() && 4 * beyond <= to - from;
  }

  private static String latin1(CharView text, int from, int to) {
    StringBuilder value = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      value.append((char) text.at(i));
    }
    return value.toString();
  }

  private static boolean isValue(CharView text, int from, int to, int next) {
    return switch (text.text(from, -1)) {
      case "Message-ID", "Message-Id", "In-Reply-To", "References" ->
          text.at(1) == '<' && hasAddress(text, 1, to) && hasEnd(text, to);
      case "From", "To", "Cc", "Reply-To", "Return-Path", "Delivered-To" -> hasAddress(text, 1, to);
      case "Date" -> isDate(text, 1);
      case "Received" ->
          (text.startsWith(1, "from ") || text.startsWith(1, "by ") || text.startsWith(1, "("))
              && hasSemicolon(text, to);
      case "Subject", "X-Mailer", "X-Originating-IP" ->
          text.at(1) != '%' && next > to && isField(text, next);
      default -> false;
    };
  }

  private static boolean hasAddress(CharView text, int from, int to) {
    for (int i = from + 1; i + 1 < to; i++) {
      if (text.at(i) == '@'
          && (text.is(i - 1, Chars.ALNUM) || text.at(i - 1) == '"')
          && text.is(i + 1, Chars.ALNUM)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasEnd(CharView text, int to) {
    int end = to;
    while (text.at(end - 1) == ' ') {
      end--;
    }
    return text.at(end - 1) == '>';
  }

  private static boolean hasSemicolon(CharView text, int to) {
    for (int i = 1; i < to; i++) {
      if (text.at(i) == ';') {
        return true;
      }
    }
    return false;
  }

  /** RFC 5322, section 3.3: an optional day of the week, day, month, year, time. */
  private static boolean isDate(CharView text, int from) {
    int at = text.at(from + 3) == ',' ? text.skip(from, from + 3, Chars.LETTER) + 1 : from;
    at = text.at(at) == ' ' ? at + 1 : at;
    int day = text.skip(at, at + 2, Chars.DIGIT);
    int month = 0;
    for (int i = 0; i < 3; i++) {
      month = month << 8 | Math.max(0, text.lower(day + 1 + i));
    }
    int year = day + 5;
    boolean known = false;
    for (int i = 0; i < MONTHS.length(); i += 3) {
      known |= month == (MONTHS.charAt(i) << 16 | MONTHS.charAt(i + 1) << 8 | MONTHS.charAt(i + 2));
    }
    return day > at
        && known
        && text.skip(year, year + 4, Chars.DIGIT) == year + 4
        && text.at(year + 4) == ' '
        && text.at(year + 7) == ':';
  }

  /** Whether a line begins with the name of a field, or ends the header. */
  private static boolean isField(CharView text, int from) {
    int end = text.skip(from, from + MAX_NAME_CHARS, Chars.LABEL);
    return text.is(from, Chars.UPPER)
        && end > from + 1
        && text.at(end) == ':'
        && text.at(end + 1) == ' ';
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
