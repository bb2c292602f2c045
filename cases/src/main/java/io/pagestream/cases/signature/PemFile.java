package io.pagestream.cases.signature;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key file in PEM (RFC 7468): one block between a begin line and an end line.
 *
 * @param file the file
 * @param label type of the block, for example {@code PRIVATE KEY}
 * @param der its content
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record PemFile(Path file, String label, byte[] der) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  /**
   * Reads the first key or certificate in a file; other output of openssl is skipped.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND}, {@link
   *     ErrorCode#FILE_NOT_READABLE}, or {@link ErrorCode#KEY_UNUSABLE} if it is not PEM
   */
  static PemFile read(Path file) {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unusable(file, "is larger than 64 KiB", "give a key file in PEM");
      }
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_FOUND, file.toString(), "is not there", "name the key file")
          .causedBy(e);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "the key cannot be read: " + e.getMessage(),
              "check its permissions")
          .causedBy(e);
    }
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (!block.group(1).endsWith("PARAMETERS")) { // openssl ecparam -genkey writes them first
        return new PemFile(file, block.group(1), decode(file, block.group(2)));
      }
    }
    throw unusable(
        file, "holds no key in PEM", "convert it: openssl pkey -inform DER -in KEY -out KEY.pem");
  }

  private static byte[] decode(Path file, String base64) {
    if (base64.contains(":")) { // Proc-Type: 4,ENCRYPTED
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw unusable(file, "is not valid PEM", "make the key again").causedBy(e);
    }
  }

  /** The error for an unusable key. */
  static PagestreamException unusable(Path file, String what, String next) {
    return PagestreamException.inFile(ErrorCode.KEY_UNUSABLE, file.toString(), what, next);
  }
}
