package io.pagestream.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports of loopback. Both are held until both are known, so that they differ. */
record FreePorts(int first, int second) {
  static FreePorts find() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback)) {
      return new FreePorts(one.getLocalPort(), two.getLocalPort());
    }
  }
}
