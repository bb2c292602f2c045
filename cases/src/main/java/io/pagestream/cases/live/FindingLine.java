package io.pagestream.cases.live;

import io.pagestream.cases.text.HostileText;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.finding.Location;

/** One finding as one line of text. */
public final class FindingLine {
  private static final int MOST_KIND = 16;
  private static final int MOST_VALUE = 160;
  private static final int MOST_NAME = 60;

  private FindingLine() {}

  /** The line: address with decoding path, kind, value, image; safe for a terminal. */
  public static String of(Finding finding) {
    Location location = Location.of(finding);
    String place =
        "0x%012x%s"
            .formatted(
                location.address(),
                location.isPhysical() ? "" : " under " + safe(location.space(), MOST_KIND));
    String path =
        finding.getLocation().getPath().isEmpty()
            ? ""
            : " " + safe(finding.getLocation().getPath(), MOST_NAME);
    return "%s%s  %-13s  %s  (%s, %s)"
        .formatted(
            place,
            path,
            safe(finding.getKind(), MOST_KIND),
            safe(finding.getValue(), MOST_VALUE),
            safe(finding.getImage(), MOST_NAME),
            safe(finding.getEncoding(), MOST_KIND));
  }

  private static String safe(String text, int most) {
    return HostileText.printable(text, most);
  }
}
