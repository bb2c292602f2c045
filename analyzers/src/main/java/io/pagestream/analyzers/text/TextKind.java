package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.FindingKind;
import java.util.List;

/**
 * Kinds of findings. Host names are checked against the registry of top-level domains, schemes
 * against those in use, cards against issuers and the check digit. Only the form indicates a bare
 * domain, which also occurs in code ({@code this.name}), and an IPv4 address, which may be a
 * version.
 */
final class TextKind {
  static final FindingKind EMAIL = FindingKind.checked("email");
  static final FindingKind URL = FindingKind.checked("url");
  static final FindingKind DOMAIN = FindingKind.looksLike("domain");
  static final FindingKind IPV4 = FindingKind.looksLike("ipv4");
  static final FindingKind IPV6 = FindingKind.checked("ipv6");
  static final FindingKind PAYMENT_CARD = FindingKind.checked("payment-card");

  /** Issuer, check digit, expiry and service code. */
  static final FindingKind TRACK2 = FindingKind.proven("track2");

  static final List<FindingKind> ALL =
      List.of(EMAIL, URL, DOMAIN, IPV4, IPV6, PAYMENT_CARD, TRACK2);

  private TextKind() {}
}
