package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An Office Open XML package (ECMA-376, part 2, section 7.2.3): a zip entry "[Content_Types].xml",
 * which is usually the first. The entry is checked like any other, and its content must begin like
 * the list of content types. The type follows from the content type of the main part.
 */
record OoxmlFormat(ZipFormat zip, DeflateProbe deflate) {
  private static final String EXPRESSION = "PK\\x03\\x04.{26}\\[Content_Types\\]\\.xml";
  private static final int MATCH = 49;

  /** A part of the main content type, and the type of file. */
  private record Type(String part, String name) {}

  private static final List<Type> TYPES =
      List.of(
          new Type("wordprocessingml.document.main", "docx"),
          new Type("ms-word.document.macroEnabled", "docm"),
          new Type("wordprocessingml.template.main", "dotx"),
          new Type("spreadsheetml.sheet.main", "xlsx"),
          new Type("ms-excel.sheet.macroEnabled", "xlsm"),
          new Type("ms-excel.sheet.binary", "xlsb"),
          new Type("presentationml.presentation.main", "pptx"),
          new Type("ms-powerpoint.presentation.macroEnabled", "pptm"),
          new Type("presentationml.slideshow.main", "ppsx"),
          new Type("ms-visio.drawing.main", "vsdx"));

  FileFormat format() {
    return FileFormat.matching("ooxml", EXPRESSION, MATCH, MATCH, this::describe);
  }

  private @Nullable FileDescription describe(HeaderBytes header) {
    FileDescription entry = header.u16le(26) == 19 ? zip.describe(header) : null;
    if (entry == null) {
      return null;
    }
    String content = content(header);
    if (content != null && !content.contains("<Types")) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    String type = content == null ? null : type(content);
    if (type != null) {
      attributes.put("type", type);
    }
    String value = type == null ? "OOXML" : "OOXML " + type;
    return new FileDescription(value, entry.length(), attributes);
  }

  /** The beginning of the content; null if it is in another page or encrypted. */
  private @Nullable String content(HeaderBytes header) {
    int data = 49 + header.u16le(28);
    if (data >= header.inPage() || (header.u16le(6) & 1) != 0) {
      return null;
    }
    if (header.u16le(8) == 0) {
      return header.ascii(data, Math.min(header.inPage() - data, 2048));
    }
    boolean isDeflated = header.u16le(8) == 8 && deflate.probe(header, data, header.size());
    return isDeflated
        ? new String(deflate.bytes(), 0, deflate.produced(), StandardCharsets.US_ASCII)
        : null;
  }

  private static @Nullable String type(String content) {
    for (Type type : TYPES) {
      if (content.contains(type.part())) {
        return type.name();
      }
    }
    return null;
  }
}
