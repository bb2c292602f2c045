package io.pagestream.analyzers.web;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/** Finds what browsers, web servers and mail programs leave behind. */
public final class WebAnalyzer {
  /** A complete request line. */
  static final FindingKind HTTP_REQUEST = FindingKind.checked("http-request");

  /** Name and value pairs after the name of the header. */
  static final FindingKind HTTP_COOKIE = FindingKind.checked("http-cookie");

  /** A product with its version. */
  static final FindingKind USER_AGENT = FindingKind.checked("user-agent");

  /** All fields of the common log format. */
  static final FindingKind HTTPLOG = FindingKind.checked("httplog");

  /** The checksum of version 3. */
  static final FindingKind ONION_ADDRESS = FindingKind.proven("onion-address");

  /** A field name of RFC 5322 and a value of its form. */
  static final FindingKind RFC822_HEADER = FindingKind.checked("rfc822-header");

  private static final List<Anchor> MAIN =
      List.of(
          // End with the target's first character.
          Anchor.of(
              new RequestRule(), "(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|TRACE|PROPFIND) [/h*]"),
          Anchor.of(new RequestRule(), "CONNECT [A-Za-z0-9]"),
          // Ends with the blank after the field's name.
          Anchor.of(new CookieRule(), "[Cc]ookie: "),
          // Ends with the value's first character.
          Anchor.of(new UserAgentRule(0), "[Uu]ser-[Aa]gent: [A-Za-z]"),
          // Ends with the parenthesis.
          Anchor.of(new UserAgentRule(-12), "Mozilla/[45]\\.0 \\("),
          // Ends with the quote before the request.
          Anchor.of(
              new LogLineRule(),
              "\\[[0-3][0-9]/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\\] \""),
          // Ends with the last character.
          Anchor.of(new OnionRule(), "[a-z2-7]{16}d\\.onion"));

  private static final List<Anchor> HEADERS =
      List.of(
          // Ends with the blank after the field's name.
          Anchor.of(
              new MailHeaderRule(),
              "(?:Message-I[Dd]|Subject|Received|Return-Path|Delivered-To|In-Reply-To|References"
                  + "|X-Mailer|X-Originating-IP|Reply-To|Date|From|To|Cc): "));

  /** The properties and requirements of the analyzer without mail headers. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "web",
              "Requests, cookies, user agents and log lines of HTTP; onion addresses.",
              List.of(HTTP_REQUEST, HTTP_COOKIE, USER_AGENT, HTTPLOG, ONION_ADDRESS),
              256,
              8192,
              List.of())
          .searching(AnchoredAnalyzer.patterns(MAIN, 32, 1024));

  /** Those of the analyzer of mail headers. */
  public static final AnalyzerInfo HEADERS_INFO =
      new AnalyzerInfo(
              "headers",
              "Header fields of mail and news (RFC 5322), also of HTTP where both have them.",
              List.of(RFC822_HEADER),
              256,
              8192,
              List.of())
          .searching(AnchoredAnalyzer.patterns(HEADERS, 0, 64));

  private WebAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, MAIN);
  }

  /** An instance for one thread of the analyzer of mail headers. */
  public static Analyzer createHeaders() {
    return new AnchoredAnalyzer(HEADERS_INFO, HEADERS);
  }
}
