package io.pagestream.images.rangesource;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/iomem}: {@code start-end : name} in hex without 0x, the end inclusive, two spaces of
 * indent for each level (Linux, kernel/resource.c, r_show). Without CAP_SYS_ADMIN the kernel prints
 * all addresses as 0.
 */
final class IomemFile {
  private static final Pattern LINE =
      Pattern.compile("( *)([0-9a-fA-F]{1,16})-([0-9a-fA-F]{1,16}) :(?: (.*))?");

  private final SideContent content;
  private final ResourceTree tree = new ResourceTree();
  private int lastDepth = -1;

  private IomemFile(SideContent content) {
    this.content = content;
  }

  /**
   * Reads the claims.
   *
   * @throws PagestreamException SIDE_FILE_INVALID; FILE_NOT_READABLE if it was written without the
   *     right to see addresses
   */
  static List<Claim> read(SideContent content) {
    IomemFile file = new IomemFile(content);
    List<String> lines = content.lines();
    boolean anyLine = false;
    boolean anyAddress = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (!line.isEmpty()) {
        anyLine = true;
        anyAddress |= file.add(i + 1, line);
      }
    }
    if (!anyLine) {
      throw content.invalid("it has no line");
    }
    if (!anyAddress) {
      throw permissionDenied(content);
    }
    return file.tree.claims();
  }

  private static PagestreamException permissionDenied(SideContent content) {
    return PagestreamException.inFile(
        ErrorCode.FILE_NOT_READABLE,
        content.file().toString(),
        "permission denied: all addresses are 0, because it was not read as root",
        "read /proc/iomem again as root");
  }

  /** Adds a line's claim; false if its addresses are hidden. */
  private boolean add(int number, String line) {
    Matcher matcher = LINE.matcher(line.replace("\t", "  "));
    if (!matcher.matches()) {
      throw content.invalid(number, "not of the form 'start-end : name'");
    }
    int depth = matcher.group(1).length() / 2;
    if (depth > ResourceTree.MOST_DEPTH || depth > lastDepth + 1) {
      throw content.invalid(number, "indented deeper than a child of the previous line");
    }
    lastDepth = depth;
    String name = nameIn(matcher.group(4));
    tree.enter(depth, name);
    long start = content.address(number, matcher.group(2));
    long last = content.address(number, matcher.group(3));
    if (start == 0 && last == 0) {
      return false;
    }
    if (last < start) {
      throw content.invalid(number, "ends at 0x%x, before it begins".formatted(last));
    }
    content.requireRoom(tree.claims().size());
    tree.claim(depth, start, last, name);
    return true;
  }

  private static String nameIn(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
