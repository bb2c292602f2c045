package io.pagestream.analyzers.money;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/** Finds bank accounts and addresses of cryptocurrencies. */
public final class MoneyAnalyzer {
  /** Country, length, structure and ISO 7064 check digits. */
  static final FindingKind IBAN = FindingKind.checked("iban");

  /** A checksum of 32 or 30 bits. */
  static final FindingKind BITCOIN_ADDRESS = FindingKind.proven("bitcoin-address");

  /** EIP-55's checksum in the case of letters; low confidence if only the context confirms it. */
  static final FindingKind ETHEREUM_ADDRESS = FindingKind.checked("ethereum-address");

  private static final List<Anchor> ANCHORS =
      List.of(
          // Ends with the fourth character after the check digits.
          Anchor.of(new IbanRule(), "[A-Z]{2}[0-9]{2}[ A-Z0-9][A-Z0-9]{3}"),
          // Ends with the 26th character.
          Anchor.of(new Base58Rule(), "[13][1-9A-HJ-NP-Za-km-z]{25}"),
          // Ends with the eighth character of the data.
          Anchor.of(new SegwitRule(), "(?:bc1[02-9ac-hj-np-z]{8}|BC1[02-9AC-HJ-NP-Z]{8})"),
          // Ends with the 38th digit.
          Anchor.of(new EthereumRule(), "0x[0-9A-Fa-f]{38}"));

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "money",
              "Bank accounts (IBAN), Bitcoin and Ethereum addresses.",
              List.of(IBAN, BITCOIN_ADDRESS, ETHEREUM_ADDRESS),
              256,
              512,
              List.of())
          .searching(AnchoredAnalyzer.patterns(ANCHORS, 0, 128));

  private MoneyAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, ANCHORS);
  }
}
