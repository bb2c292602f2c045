package io.pagestream.producer.image;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Ids of images: the first 16 bytes of the SHA-256 over each file's name, length, first and last 64
 * KiB and 256 evenly spaced blocks of 4 KiB. See {@code docs/decisions/0003-image-identity.md} for
 * why it is neither the digest of all bytes nor free of the name.
 */
public final class ImageIdentity {
  private static final int ID_BYTES = 16;
  private static final int END_BYTES = 64 * 1024;
  private static final int SAMPLES = 256;
  private static final int SAMPLE_BYTES = 4096;

  private ImageIdentity() {}

  /**
   * The id of the image that these files make up, 32 lower-case hex digits.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_READABLE} if a file cannot be read
   */
  public static String of(List<Path> files) {
    MessageDigest digest = sha256();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        add(digest, file, channel);
      } catch (IOException e) {
        throw PagestreamException.inFile(
                ErrorCode.FILE_NOT_READABLE,
                file.toString(),
                "cannot be read: " + e.getMessage(),
                "check that it exists and that you may read it")
            .causedBy(e);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static void add(MessageDigest digest, Path file, FileChannel channel) throws IOException {
    long length = channel.size();
    byte[] name = String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
    digest.update(name);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
    ByteBuffer buffer = ByteBuffer.allocate(END_BYTES);
    addBlock(digest, channel, buffer, 0, END_BYTES);
    addBlock(digest, channel, buffer, Math.max(0, length - END_BYTES), END_BYTES);
    for (int sample = 0; sample < SAMPLES; sample++) {
      long at = length / SAMPLES * sample;
      addBlock(digest, channel, buffer, at, SAMPLE_BYTES);
    }
  }

  private static void addBlock(
      MessageDigest digest, FileChannel channel, ByteBuffer buffer, long offset, int bytes)
      throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    digest.update(buffer.flip());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
