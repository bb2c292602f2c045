package io.pagestream.analyzers.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pagestream.analyzers.api.View;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * A target for each analyzer of bytes. {@code cache-alias} and {@code mapping-anomaly} analyze page
 * tables; {@code yara} runs the rules of the user in a native library.
 */
public class AnalyzersFuzzTest {
  @Test
  void everyAnalyzerOfBytesHasATarget() {
    assertThat(
            AnalyzerCatalog.all().stream()
                .map(one -> one.info())
                .filter(info -> info.view() == View.Kind.BYTES && !info.name().equals("yara"))
                .map(info -> FuzzSeeds.target(info.name())))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AnalyzersFuzzTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .map(Method::getName)
                .toList());
  }

  @FuzzTest
  void text(byte[] memory) {
    FuzzedAnalyzer.analyze("text", memory);
  }

  @FuzzTest
  void aesKeys(byte[] memory) {
    FuzzedAnalyzer.analyze("aes-keys", memory);
  }

  @FuzzTest
  void privateKeys(byte[] memory) {
    FuzzedAnalyzer.analyze("private-keys", memory);
  }

  @FuzzTest
  void publicKeys(byte[] memory) {
    FuzzedAnalyzer.analyze("public-keys", memory);
  }

  @FuzzTest
  void volumeKeys(byte[] memory) {
    FuzzedAnalyzer.analyze("volume-keys", memory);
  }

  @FuzzTest
  void bitlockerFvek(byte[] memory) {
    FuzzedAnalyzer.analyze("bitlocker-fvek", memory);
  }

  @FuzzTest
  void files(byte[] memory) {
    FuzzedAnalyzer.analyze("files", memory);
  }

  @FuzzTest
  void network(byte[] memory) {
    FuzzedAnalyzer.analyze("network", memory);
  }

  @FuzzTest
  void eventLog(byte[] memory) {
    FuzzedAnalyzer.analyze("event-log", memory);
  }

  @FuzzTest
  void registry(byte[] memory) {
    FuzzedAnalyzer.analyze("registry", memory);
  }

  @FuzzTest
  void ntfs(byte[] memory) {
    FuzzedAnalyzer.analyze("ntfs", memory);
  }

  @FuzzTest
  void windows(byte[] memory) {
    FuzzedAnalyzer.analyze("windows", memory);
  }

  @FuzzTest
  void windowsPool(byte[] memory) {
    FuzzedAnalyzer.analyze("windows-pool", memory);
  }

  @FuzzTest
  void linux(byte[] memory) {
    FuzzedAnalyzer.analyze("linux", memory);
  }

  @FuzzTest
  void decoders(byte[] memory) {
    FuzzedAnalyzer.analyze("decoders", memory);
  }

  @FuzzTest
  void secrets(byte[] memory) {
    FuzzedAnalyzer.analyze("secrets", memory);
  }

  @FuzzTest
  void money(byte[] memory) {
    FuzzedAnalyzer.analyze("money", memory);
  }

  @FuzzTest
  void web(byte[] memory) {
    FuzzedAnalyzer.analyze("web", memory);
  }

  @FuzzTest
  void headers(byte[] memory) {
    FuzzedAnalyzer.analyze("headers", memory);
  }

  @FuzzTest
  void identifiers(byte[] memory) {
    FuzzedAnalyzer.analyze("identifiers", memory);
  }

  @FuzzTest
  void guids(byte[] memory) {
    FuzzedAnalyzer.analyze("guids", memory);
  }

  @FuzzTest
  void documents(byte[] memory) {
    FuzzedAnalyzer.analyze("documents", memory);
  }

  @FuzzTest
  void json(byte[] memory) {
    FuzzedAnalyzer.analyze("json", memory);
  }

  @FuzzTest
  void paths(byte[] memory) {
    FuzzedAnalyzer.analyze("paths", memory);
  }

  @FuzzTest
  void linuxBanner(byte[] memory) {
    FuzzedAnalyzer.analyze("linux-banner", memory);
  }

  @FuzzTest
  void pageFacts(byte[] memory) {
    FuzzedAnalyzer.analyze("page-facts", memory);
  }
}
