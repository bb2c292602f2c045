package io.pagestream.images.identity;

import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.digest.Sha256;
import java.util.HexFormat;
import java.util.List;

/**
 * Ids of images: the first 16 bytes of the SHA-256 over the content of each file. Numbers are 8
 * bytes big-endian:
 *
 * <pre>
 * number of files,
 * for each file: length, SHA-256 of all bytes (32 bytes), number of unreadable ranges,
 *                for each of these: offset, length
 * </pre>
 *
 * <p>Two images that differ in a single byte never share an id. The same content has the same id,
 * regardless of its name, location and times. An image with an unreadable part has a different id
 * than an image with zeros in its place.
 */
public final class ImageIdentity {
  private static final int ID_BYTES = 16;

  private ImageIdentity() {}

  /**
   * The id of an image, 32 lower-case hex digits.
   *
   * @param files the contents of its files, in their order
   */
  public static String of(List<FileContent> files) {
    Sha256 id = new Sha256().number(files.size());
    for (FileContent file : files) {
      id.number(file.sizeBytes())
          .bytes(HexFormat.of().parseHex(file.sha256()))
          .number(file.unreadable().size());
      for (ByteRange range : file.unreadable()) {
        id.number(range.getOffset()).number(range.getLength());
      }
    }
    return id.hex(ID_BYTES);
  }
}
