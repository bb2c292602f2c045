package io.pagestream.analyzers.publickey;

import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Named curves y^2 = x^3 + a*x + b over the integers modulo p: those of NIST and secp256k1 (SEC 2,
 * version 2.0) and Brainpool's (RFC 5639, section 3).
 */
public enum EcCurve {
  P_256(
      "P-256",
      "nistp256",
      "2a8648ce3d030107",
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  P_384(
      "P-384",
      "nistp384",
      "2b81040022",
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff00000000"
          + "00000000ffffffff",
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff00000000"
          + "00000000fffffffc",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d"
          + "2a85c8edd3ec2aef",
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c"
          + "3a545e3872760ab7",
      "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d"
          + "7a431d7c90ea0e5f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77a"
          + "ecec196accc52973"),
  P_521(
      "P-521",
      "nistp521",
      "2b81040023",
      "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "fffffffffffffffffffffffffffffffffffffffffffffffffff",
      "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffc",
      "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e93"
          + "7b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
      "c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe759"
          + "28fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
      "11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42"
          + "640c550b9013fad0761353c7086a272c24088be94769fd16650",
      "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f9"
          + "66b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
  SECP256K1(
      "secp256k1",
      "",
      "2b8104000a",
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
      "0",
      "7",
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
  BRAINPOOL_P256R1(
      "brainpoolP256r1",
      "",
      "2b2403030208010107",
      "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
      "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
      "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
      "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
      "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
      "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7"),
  BRAINPOOL_P384R1(
      "brainpoolP384r1",
      "",
      "2b240303020801010b",
      "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71"
          + "874700133107ec53",
      "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb"
          + "04a8c7dd22ce2826",
      "4a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943"
          + "ab78696fa504c11",
      "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aa"
          + "ef87b2e247d4af1e",
      "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e46462177918111"
          + "42820341263c5315",
      "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc310"
          + "3b883202e9046565"),
  BRAINPOOL_P512R1(
      "brainpoolP512r1",
      "",
      "2b240303020801010d",
      "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842"
          + "aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
      "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa1"
          + "0a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
      "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d"
          + "77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
      "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d"
          + "50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
      "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e"
          + "5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892",
      "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619"
          + "418661197fac10471db1d381085ddaddb58796829ca90069");

  private final String word;
  private final String sshName;
  private final String oid;
  private final int bytes;
  final BigInteger p;
  final BigInteger a;
  final BigInteger b;
  final BigInteger gx;
  final BigInteger gy;
  final BigInteger n;

  EcCurve(
      String word,
      String sshName,
      String oid,
      String p,
      String a,
      String b,
      String gx,
      String gy,
      String n) {
    this.word = word;
    this.sshName = sshName;
    this.oid = oid;
    this.p = new BigInteger(p, 16);
    this.a = new BigInteger(a, 16);
    this.b = new BigInteger(b, 16);
    this.gx = new BigInteger(gx, 16);
    this.gy = new BigInteger(gy, 16);
    this.n = new BigInteger(n, 16);
    this.bytes = (this.p.bitLength() + 7) / 8;
  }

  /** The curve with an object identifier, given as its contents in DER, or null. */
  public static @Nullable EcCurve of(byte[] oid) {
    String hex = HexFormat.of().formatHex(oid);
    for (EcCurve curve : values()) {
      if (curve.oid.equals(hex)) {
        return curve;
      }
    }
    return null;
  }

  /** The curve with a name in the SSH protocol (RFC 5656, section 10.1), or null. */
  public static @Nullable EcCurve ofSsh(String name) {
    for (EcCurve curve : values()) {
      if (!name.isEmpty() && curve.sshName.equals(name)) {
        return curve;
      }
    }
    return null;
  }

  /** The name used in findings. */
  public String word() {
    return word;
  }

  /** Contents of its object identifier in DER. */
  public byte[] oid() {
    return HexFormat.of().parseHex(oid);
  }

  /** Bytes of a coordinate, and of a private key. */
  public int bytes() {
    return bytes;
  }

  /** Bits of the field. */
  public int bits() {
    return p.bitLength();
  }

  /** Whether a number is a private key: greater than zero and less than the order of the curve. */
  public boolean isPrivateKey(BigInteger number) {
    return number.signum() > 0 && number.compareTo(n) < 0;
  }

  /** Whether (x, y) is a point of the curve. */
  public boolean contains(BigInteger x, BigInteger y) {
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.multiply(y).subtract(x.multiply(x).add(a).multiply(x).add(b)).mod(p).signum() == 0;
  }
}
