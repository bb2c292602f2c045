package io.pagestream.analyzers.text;

/** Kinds of findings. */
enum TextKind {
  EMAIL("email"),
  URL("url"),
  DOMAIN("domain"),
  IPV4("ipv4"),
  IPV6("ipv6"),
  PAYMENT_CARD("payment-card");

  private final String word;

  TextKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
