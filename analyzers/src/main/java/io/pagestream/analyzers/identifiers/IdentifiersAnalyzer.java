package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/**
 * Finds hardware addresses, telephone numbers, identification numbers of vehicles and persons,
 * Facebook ids, GUIDs.
 */
public final class IdentifiersAnalyzer {
  /** Six pairs of digits with the same separator; no checksum exists. */
  static final FindingKind MAC_ADDRESS = FindingKind.looksLike("mac-address");

  /** A country code or the North American plan; no checksum exists. */
  static final FindingKind PHONE = FindingKind.looksLike("phone");

  /** The check digit, which 1 in 11 numbers satisfies. */
  static final FindingKind VIN = FindingKind.looksLike("vin");

  /** The letters before it, and the parts that are never assigned. */
  static final FindingKind SSN = FindingKind.checked("ssn");

  /** A name that contains such numbers, and their length. */
  static final FindingKind FACEBOOK_ID = FindingKind.checked("facebook-id");

  /** Variant and version of RFC 9562. */
  static final FindingKind GUID = FindingKind.looksLike("guid");

  private static final List<Anchor> MAIN =
      List.of(
          // Ends with the first digit of the last pair.
          Anchor.of(
              new MacRule(),
              "[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]"
                  + "[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]"),
          // End with the seventh to ninth character after the plus, whichever is a digit.
          Anchor.of(new InternationalPhoneRule(-7), "\\+[1-9][0-9 .()-]{5}[0-9]"),
          Anchor.of(new InternationalPhoneRule(-8), "\\+[1-9][0-9 .()-]{5}[ .()-][0-9]"),
          Anchor.of(new InternationalPhoneRule(-9), "\\+[1-9][0-9 .()-]{5}[ .()-]{2}[0-9]"),
          // Ends with the last digit.
          Anchor.of(
              new NorthAmericanPhoneRule(),
              "[2-9][0-9]{2}(?:\\) ?|[-. ])[2-9][0-9]{2}[-. ][0-9]{3}[0-9]"),
          // From the check digit to the last digit.
          Anchor.of(new VinRule(), "[0-9X][A-HJ-NPR-Y1-9][A-HJ-NPR-Z0-9]{2}[0-9]{5}"),
          // End with the first digit.
          Anchor.of(new SsnRule(), "[Ss][Ss][Nn][:#= \"]{1,4}[0-8]"),
          Anchor.of(new FacebookRule(true), "facebook\\.com/profile\\.php\\?id=[1-9]"),
          Anchor.of(new FacebookRule(true), "facebook\\.com/photo\\.php\\?fbid=[1-9]"),
          Anchor.of(new FacebookRule(true), "hovercard/(?:user|page)\\.php\\?id=[1-9]"),
          Anchor.of(new FacebookRule(true), "fb://profile/[1-9]"),
          Anchor.of(new FacebookRule(true), "profile_owner\"?[:=] ?\"?[1-9]"),
          Anchor.of(new FacebookRule(false), "c_user=1"),
          Anchor.of(new FacebookRule(false), "(?:actorID|USER_ID|ACCOUNT_ID)\": ?\"?1"));

  private static final List<Anchor> GUIDS =
      List.of(
          // Ends with the first digit of the last group.
          Anchor.of(
              new GuidRule(),
              "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[1-8][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-"
                  + "[0-9A-Fa-f]"));

  /** The properties and requirements of the analyzer without GUIDs. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "identifiers",
              "Hardware (MAC) addresses, telephone numbers, vehicle identification and social"
                  + " security numbers, Facebook ids.",
              List.of(MAC_ADDRESS, PHONE, VIN, SSN, FACEBOOK_ID),
              256,
              512,
              List.of())
          .searching(AnchoredAnalyzer.patterns(MAIN, 64, 64));

  /** Those of the analyzer of GUIDs. */
  public static final AnalyzerInfo GUIDS_INFO =
      new AnalyzerInfo(
              "guids",
              "GUIDs (UUIDs) with a version and variant of RFC 9562.",
              List.of(GUID),
              256,
              512,
              List.of())
          .searching(AnchoredAnalyzer.patterns(GUIDS, 16, 96));

  private IdentifiersAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, MAIN);
  }

  /** An instance for one thread of the analyzer of GUIDs. */
  public static Analyzer createGuids() {
    return new AnchoredAnalyzer(GUIDS_INFO, GUIDS);
  }
}
