package io.pagestream.analyzers.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EcKeysTest {
  private final EcKeys keys = new EcKeys();

  /** RFC 6979, appendix A.2.5. */
  @Test
  void calculatesTheKeyOfRfc6979() {
    EcPoint point =
        keys.publicKey(
            EcCurve.P_256,
            new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16));
    assertThat(point.x().toString(16))
        .isEqualTo("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
    assertThat(point.y().toString(16))
        .isEqualTo("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
  }

  @ParameterizedTest
  @EnumSource
  void staysOnTheCurveUpToItsOrder(EcCurve curve) {
    EcPoint last = keys.publicKey(curve, curve.n.subtract(BigInteger.ONE));
    assertThat(last.x()).isEqualTo(curve.gx);
    assertThat(last.y()).isEqualTo(curve.p.subtract(curve.gy));
    EcPoint some = keys.publicKey(curve, curve.n.shiftRight(3).add(BigInteger.TEN));
    assertThat(EcPoint.decode(curve, some.encode(curve))).isEqualTo(some);
    assertThat(curve.isPrivateKey(curve.n)).isFalse();
  }

  /** RFC 8032, section 7.1, test 1. */
  @Test
  void calculatesEd25519() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    Ed25519.publicKey(
                        HexFormat.of()
                            .parseHex(
                                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }

  /** A key pair of OpenSSL. */
  @Test
  void calculatesX25519() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    X25519.publicKey(
                        HexFormat.of()
                            .parseHex(
                                "30a9455044a0b0cbeda5c052765d582e5380b9967c488260326c9438804de758"))))
        .isEqualTo("46217b85c0d33ccdc6ba126f93114ee7d6de7a02d248fbfff85953213623582c");
  }
}
