package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.Topics;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * {@code ledger.bin}: the manifests and receipts of a case, so that its page accounting can be
 * repeated, and its judged runs without their bytes, so that runs can be analyzed again and images
 * can be added to the case. For each image its manifest, its receipts and its runs, each as a
 * record in Avro's single-object encoding, preceded by its length (4 bytes, big-endian).
 */
final class LedgerFile {
  private LedgerFile() {}

  static void write(CollectedCase collected, OutputStream out) throws IOException {
    RecordCodec<ImageManifest> manifests = new RecordCodec<>(ImageManifest.class);
    RecordCodec<RunReceipt> receipts = new RecordCodec<>(RunReceipt.class);
    DataOutputStream data = new DataOutputStream(out);
    for (int image = 0; image < collected.ledgers().size(); image++) {
      ImageLedger ledger = collected.ledgers().get(image);
      ImageManifest manifest = ledger.settledManifest();
      if (manifest == null) {
        continue;
      }
      write(data, manifests.encode(manifest));
      for (RunReceipt receipt : ledger.receipts()) {
        write(data, receipts.encode(sorted(receipt)));
      }
      writeRuns(collected, image, data);
    }
    data.flush();
  }

  /**
   * The same receipt with sorted maps: the order of a hash map depends on its history, for example
   * on whether another instance took over the block, and equal results are equal files.
   */
  static RunReceipt sorted(RunReceipt receipt) {
    for (Schema.Field field : receipt.getSchema().getFields()) {
      if (receipt.get(field.pos()) instanceof Map<?, ?> map) {
        receipt.put(field.pos(), new TreeMap<>(map));
      }
    }
    return receipt;
  }

  private static void writeRuns(CollectedCase collected, int image, DataOutputStream data)
      throws IOException {
    RecordCodec<PageStreamRecord> runs = new RecordCodec<>(PageStreamRecord.class);
    try {
      collected
          .verdicts()
          .get(image)
          .forEachRun(run -> {
            try {
              write(data, runs.encode(new PageStreamRecord(run)));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(DataOutputStream data, byte[] record) throws IOException {
    data.writeInt(record.length);
    data.write(record);
  }

  /** Receives the records of a case, image by image, each manifest first. */
  interface Receiver {
    /** Receives the manifest of the next image. */
    void manifest(ImageManifest manifest);

    /** Receives a receipt. */
    void receipt(RunReceipt receipt);

    /** Receives a judged run without its bytes; the object is reused for the next one. */
    void run(PageRun run);
  }

  /**
   * Reads the records of a case. The file is not trusted: the caller checks the records.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#READ_FAILED} or
   *     {@link ErrorCode#RECORD_CORRUPT}
   */
  static void read(Path file, Receiver receiver) {
    try (InputStream in = NoFollow.stream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
      read(data, receiver);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED, file.toString(), e.toString(), "check the disk")
          .causedBy(e);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      throw PagestreamException.inFile(
              e.code(),
              file.toString(),
              "is damaged: " + e.getMessage(),
              "the file was changed; analyze the image again")
          .causedBy(e);
    }
  }

  private static void read(DataInputStream data, Receiver receiver) throws IOException {
    RecordCodec<ImageManifest> manifests = new RecordCodec<>(ImageManifest.class);
    RecordCodec<RunReceipt> receipts = new RecordCodec<>(RunReceipt.class);
    RecordCodec<PageStreamRecord> runs = new RecordCodec<>(PageStreamRecord.class);
    PageStreamRecord reuse = null;
    for (byte[] record = next(data); record.length > 0; record = next(data)) {
      if (manifests.encodes(record)) {
        receiver.manifest(manifests.decode(record, null));
      } else if (receipts.encodes(record)) {
        receiver.receipt(receipts.decode(record, null));
      } else {
        reuse = runs.decode(record, reuse);
        if (!(reuse.getBody() instanceof PageRun run)) {
          throw corrupt("a record of the page stream is no run");
        }
        receiver.run(run);
      }
    }
  }

  /** The next record; empty at the end. */
  private static byte[] next(DataInputStream data) throws IOException {
    int first = data.read();
    if (first < 0) {
      return new byte[0];
    }
    int length = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
    if (length <= 0 || length > Topics.MAX_RECORD_BYTES) {
      throw corrupt("a record has a length of " + length);
    }
    return data.readNBytes(length);
  }

  private static PagestreamException corrupt(String what) {
    return PagestreamException.of(ErrorCode.RECORD_CORRUPT, what, "");
  }
}
