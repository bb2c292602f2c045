package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/** Finds small documents of text, and positions in them. */
public final class DocumentsAnalyzer {
  /** Begin, version and a name. */
  static final FindingKind VCARD = FindingKind.checked("vcard");

  /** The root element with KML's namespace, or coordinates. */
  static final FindingKind KML = FindingKind.checked("kml");

  /** Latitude and longitude in named fields, in range; a checksum for NMEA sentences. */
  static final FindingKind GPS = FindingKind.checked("gps");

  /** The grammar of RFC 8259. */
  static final FindingKind JSON = FindingKind.checked("json");

  /** A document in UTF-16. */
  private static final int LOOK_AHEAD_BYTES = 2 * (JsonRule.MAX_CHARS + 64);

  private static final List<Anchor> MAIN =
      List.of(
          Anchor.of(new VcardRule(), "BEGIN:VCARD"),
          Anchor.of(new KmlRule(), "<kml[ >]"),
          // Ends with the last character of the name.
          Anchor.of(new PositionRule(), "[Ll]atitude"),
          Anchor.of(new PositionRule(), "[ \"'<]lat[=\"'>]"),
          // Ends with the first digit or sign.
          Anchor.of(new GeoUriRule(), "geo:[0-9-]"),
          // Ends with the comma after the sentence's name.
          Anchor.of(new NmeaRule(), "\\$G[PNLAB](?:GGA|RMC|GLL),"));

  private static final List<Anchor> OBJECTS =
      List.of(
          // Ends with the name's first character.
          Anchor.of(new JsonRule(), "\\{[ \\r\\n]{0,8}\"[A-Za-z0-9_@$]"));

  /** The properties and requirements of the analyzer without JSON. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "documents",
              "Contacts (vCard), placemarks (KML), positions in XML, JSON, geo URIs and NMEA.",
              List.of(VCARD, KML, GPS),
              256,
              LOOK_AHEAD_BYTES,
              List.of())
          .searching(AnchoredAnalyzer.patterns(MAIN, 64, 512));

  /** Those of the analyzer of JSON. */
  public static final AnalyzerInfo JSON_INFO =
      new AnalyzerInfo(
              "json",
              "Complete objects of JSON, and arrays of objects, of 64 to 4,096 characters.",
              List.of(JSON),
              256,
              LOOK_AHEAD_BYTES,
              List.of())
          .searching(AnchoredAnalyzer.patterns(OBJECTS, 0, 64));

  private DocumentsAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, MAIN);
  }

  /** An instance for one thread of the analyzer of JSON. */
  public static Analyzer createJson() {
    return new AnchoredAnalyzer(JSON_INFO, OBJECTS);
  }
}
