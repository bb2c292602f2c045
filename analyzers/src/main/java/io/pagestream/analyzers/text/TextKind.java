package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.schemas.avro.Confidence;

/**
 * Kinds of findings. Host names are checked against the registry of top-level domains, schemes
 * against those in use, cards against issuers and the check digit. Only the form indicates a bare
 * domain, which also occurs in code ({@code this.name}), and an IPv4 address, which may be a
 * version.
 */
enum TextKind {
  EMAIL("email", Confidence.MEDIUM),
  URL("url", Confidence.MEDIUM),
  DOMAIN("domain", Confidence.LOW),
  IPV4("ipv4", Confidence.LOW),
  IPV6("ipv6", Confidence.MEDIUM),
  PAYMENT_CARD("payment-card", Confidence.MEDIUM);

  private final String word;
  private final Confidence confidence;

  TextKind(String word, Confidence confidence) {
    this.word = word;
    this.confidence = confidence;
  }

  FindingKind kind() {
    return new FindingKind(word, confidence);
  }

  String word() {
    return word;
  }
}
