package io.pagestream.broker;

import io.pagestream.cases.casefolder.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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

  /** Makes the directory one that a node can start from; one that is already so stays as it is. */
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

  /** Sum of the lengths of all files, in bytes; files that vanish meanwhile count nothing. */
  static long bytes(Path directory) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        directory,
        new Tolerant() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /** Deletes the directory and all that is in it; links are deleted, not followed. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new Tolerant() {
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

  /** The broker renames and deletes segments concurrently: a missing file is not a failure. */
  private abstract static class Tolerant extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
