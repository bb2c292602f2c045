package io.pagestream.cases.doubt;

import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;

/** Doubts as text, for the terminal, {@code summary.txt} and reports. */
public final class DoubtText {
  private static final int MOST_CHARACTERS = 600;

  private DoubtText() {}

  /** One line: {@code truncated, 0x3000-0x4fff (2 pages): the file ends …}. */
  public static String line(Doubt doubt) {
    String place = doubt.getPageCount() == 0 ? "" : ", " + addresses(doubt);
    String message = doubt.getMessage().isEmpty() ? "" : ": " + doubt.getMessage();
    return HostileText.printable(doubt.getReason() + place + message, MOST_CHARACTERS);
  }

  /** The address range: {@code 0x3000-0x4fff (2 pages)}; empty if there is none. */
  public static String addresses(Doubt doubt) {
    long pages = doubt.getPageCount();
    return pages == 0
        ? ""
        : "%s-%s (%s %s)"
            .formatted(
                Quantities.address(doubt.getPhysicalAddress()),
                Quantities.address(DoubtList.end(doubt) - 1),
                Quantities.count(pages),
                pages == 1 ? "page" : "pages");
  }
}
