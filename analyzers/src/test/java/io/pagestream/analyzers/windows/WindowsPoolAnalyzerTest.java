package io.pagestream.analyzers.windows;

import static io.pagestream.analyzers.records.RecordSamples.binary;

import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class WindowsPoolAnalyzerTest extends AnalyzerContract {
  private static final byte[] CHAIN = RecordSamples.bytes("pool-chain.bin");
  private static final byte[] ALONE = RecordSamples.bytes("pool-alone.bin");

  @Override
  protected String analyzer() {
    return "windows-pool";
  }

  /** Allocations do not cross pages. */
  @Override
  protected int alignment() {
    return 4096;
  }

  @Override
  protected List<Sample> samples() {
    byte[] unaligned = new byte[CHAIN.length + 8];
    System.arraycopy(CHAIN, 0, unaligned, 8, CHAIN.length);
    byte[] withoutObject = ALONE.clone();
    withoutObject[0x80] = 0;
    withoutObject[0xb10 + 0x60] = 0;
    return List.of(
        Sample.of(
            "allocations of Windows 7",
            CHAIN,
            pool(0, "mutant", "Muta", 0x90, "consistent", "0x50"),
            pool(0x90, "file", "File", 0x160, "consistent", "0x80")),
        Sample.of(
            "allocations of Windows 10",
            ALONE,
            pool(0, "process", "Proc", 0xb00, "not confirmed", "0x80"),
            pool(0xb10, "driver", "Driv", 0x200, "not confirmed", "0x60"),
            pool(0xd20, "network-endpoint", "TcpE", 0x120, "not confirmed", "")),
        Sample.of(
            "headers without objects",
            withoutObject,
            pool(0xd20, "network-endpoint", "TcpE", 0x120, "not confirmed", "")),
        Sample.of("allocations at no multiple of 16", unaligned),
        Sample.of(
            "text",
            "xxx\nFile not found. \nProcess 7, and\nThread 0".getBytes(StandardCharsets.US_ASCII)));
  }

  private static Found pool(
      long address, String object, String tag, int length, String next, String offset) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("tag", tag);
    attributes.put("pool", "nonpaged");
    attributes.put("next-header", next);
    if (!offset.isEmpty()) {
      attributes.put("object-offset", offset);
    }
    return binary(
        address, "pool-" + object, length, "%s, %d bytes".formatted(tag, length), attributes);
  }
}
