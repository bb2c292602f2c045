package io.pagestream.analyzers.network;

/** The part of a packet that its checksums verify. */
enum Verified {
  /** All of it. */
  ALL("verified"),

  /**
   * The headers: the transport checksum contains the sum of the pseudo header only. This is how a
   * kernel passes a packet to a network card, which completes the checksum (Linux, {@code
   * CHECKSUM_PARTIAL}). The payload may be elsewhere in memory.
   */
  PSEUDO_HEADER("offloaded"),

  /** The IPv4 header: the payload is elsewhere in memory, or has changed. */
  IP_HEADER("ip-header");

  private final String word;

  Verified(String word) {
    this.word = word;
  }

  /** The word used in findings. */
  String word() {
    return word;
  }
}
