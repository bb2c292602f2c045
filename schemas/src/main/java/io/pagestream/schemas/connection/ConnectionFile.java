package io.pagestream.schemas.connection;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A {@code client.properties} file that only its owner can read. */
public final class ConnectionFile {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ConnectionFile() {}

  /**
   * Writes a connection, including secrets, to a file, from which Kafka's tools and {@code
   * --config} read it. A file of that name is deleted first: its mode, or a link in its place,
   * would otherwise decide who can read the secrets.
   */
  public static void write(Path file, KafkaConnection connection) throws IOException {
    Files.deleteIfExists(file);
    StringWriter text = new StringWriter();
    connection.toProperties().store(text, null);
    try (Writer out =
        new OutputStreamWriter(
            Channels.newOutputStream(
                Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    OWNER_ONLY)),
            StandardCharsets.UTF_8)) {
      out.write(text.toString());
    }
  }
}
