package io.pagestream.broker;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.schemas.temporary.TolerantVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** The directory of one node: formats it, measures it, deletes it. */
final class BrokerDirectory {
  /** Kafka's own mark of a formatted directory; holds the cluster's id. */
  private static final String META_PROPERTIES = "meta.properties";

  private BrokerDirectory() {}

  /** Formats the directory for a node; a formatted one is not changed. */
  static void format(Path directory) throws Exception {
    PrivateFiles.createFolder(directory);
    PrivateFiles.closeToOthers(directory);
    String clusterId = clusterId(directory).orElseGet(() -> Uuid.randomUuid().toString());
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(SingleNodeConfig.NODE_ID)
          .setClusterId(clusterId)
          .setControllerListenerName(SingleNodeConfig.CONTROLLER)
          .setMetadataLogDirectory(directory.toAbsolutePath().toString())
          .addDirectory(directory.toAbsolutePath().toString())
          .setIgnoreFormatted(true)
          .run();
    }
  }

  /** Id of the cluster that the directory belongs to; absent before it was formatted. */
  static Optional<String> clusterId(Path directory) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(directory.resolve(META_PROPERTIES))) {
      properties.load(in);
    } catch (NoSuchFileException unformatted) {
      return Optional.empty();
    }
    return Optional.ofNullable(properties.getProperty("cluster.id"));
  }

  /** Sum of the lengths of all files, in bytes; files deleted in the meantime are not counted. */
  static long bytes(Path directory) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        directory,
        new TolerantVisitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /** Deletes the directory with its content; links are deleted, not followed. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new TolerantVisitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
