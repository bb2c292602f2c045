package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store like that of a Kafka Streams task: a commit makes everything durable; a crash keeps, for
 * each receipt by itself, any of the versions since the last commit, since the changelog's writes
 * reach the broker in batches that a crash cuts off.
 */
final class CrashingReceiptStore implements ReceiptStore {
  private final RecordCodec<RunReceipt> codec = new RecordCodec<>(RunReceipt.class);
  private final Map<Long, List<byte[]>> versions = new TreeMap<>();
  private final Set<Long> committed = new HashSet<>();

  @Override
  public @Nullable RunReceipt get(String imageId, long block) {
    List<byte[]> written = versions.get(block);
    return written == null ? null : codec.decode(written.getLast(), null);
  }

  @Override
  public void put(RunReceipt receipt) {
    versions
        .computeIfAbsent(receipt.getBlock(), block -> new ArrayList<>())
        .add(codec.encode(receipt));
  }

  @Override
  public void forEach(String imageId, Consumer<RunReceipt> consumer) {
    versions.values().forEach(written -> consumer.accept(codec.decode(written.getLast(), null)));
  }

  /** Makes the present state durable. */
  void commit() {
    versions.replaceAll((block, written) -> new ArrayList<>(List.of(written.getLast())));
    committed.clear();
    committed.addAll(versions.keySet());
  }

  /** Goes back, receipt by receipt, to any state since the last commit. */
  void crash(Random random) {
    versions
        .entrySet()
        .removeIf(entry -> !committed.contains(entry.getKey()) && random.nextInt(3) == 0);
    versions.replaceAll(
        (block, written) -> new ArrayList<>(List.of(written.get(random.nextInt(written.size())))));
  }
}
