package io.pagestream.cases.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file next to a store: the hash, sources and metadata of the store. If the metadata are
 * unchanged, the store is used without reading it: an attacker who writes rows into it cannot set
 * the change time and the inode. This does not stop an attacker who also writes this file; {@code
 * pagestream verify} compares every row.
 *
 * @param sha256 SHA-256 of the store
 * @param sizeBytes its size
 * @param modifiedNanos when it was written, in nanoseconds since 1970
 * @param changedNanos when its content or attributes changed last, in nanoseconds since 1970
 * @param identity its device and inode
 * @param sources its sources
 */
public record StoreSeal(
    String sha256,
    long sizeBytes,
    long modifiedNanos,
    long changedNanos,
    String identity,
    SortedMap<String, String> sources) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  /** Copies its map. */
  public StoreSeal {
    sources = new TreeMap<>(sources);
  }

  static StoreSeal of(String sha256, FileStamp stamp, CaseSources sources) {
    return new StoreSeal(
        sha256,
        stamp.sizeBytes(),
        stamp.modifiedNanos(),
        stamp.changedNanos(),
        stamp.identity(),
        sources.sha256());
  }

  /** Reads the seal of the store of a case; empty if there is none that can be read. */
  public static Optional<StoreSeal> read(Path folder) {
    try (InputStream in = NoFollow.stream(folder.resolve(CaseFiles.STORE_SEAL))) {
      JsonNode root = JSON.readTree(in.readNBytes(MOST_BYTES));
      SortedMap<String, String> sources = new TreeMap<>();
      for (var source : root.path("sources").properties()) {
        sources.put(source.getKey(), source.getValue().asText());
      }
      return Optional.of(
          new StoreSeal(
              root.path("sha256").asText(),
              root.path("sizeBytes").asLong(),
              root.path("modifiedNanos").asLong(),
              root.path("changedNanos").asLong(),
              root.path("identity").asText(),
              sources));
    } catch (JsonProcessingException | PagestreamException e) {
      return Optional.empty(); // treated as missing: the store is rebuilt
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(Path folder) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("sha256", sha256);
    root.put("sizeBytes", sizeBytes);
    root.put("modifiedNanos", modifiedNanos);
    root.put("changedNanos", changedNanos);
    root.put("identity", identity);
    ObjectNode from = root.putObject("sources");
    sources.forEach(from::put);
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    PrivateFiles.writeWhole(folder.resolve(CaseFiles.STORE_SEAL), out -> out.write(text));
  }

  /** Whether a file is this store according to its metadata. */
  boolean isUntouched(FileStamp now) {
    return now.isFile()
        && now.sizeBytes() == sizeBytes
        && now.modifiedNanos() == modifiedNanos
        && now.changedNanos() == changedNanos
        && now.identity().equals(identity);
  }

  /** Whether a file has this store's content; reads the file. */
  public boolean hasContentOf(Path store) {
    FileStamp now = FileStamp.of(store);
    return now.isFile()
        && now.sizeBytes() == sizeBytes
        && FileHash.of(store, bytes -> {}).sha256().equals(sha256);
  }
}
