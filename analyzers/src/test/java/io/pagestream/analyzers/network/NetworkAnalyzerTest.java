package io.pagestream.analyzers.network;

import static io.pagestream.analyzers.network.Packets.bytes;
import static io.pagestream.analyzers.network.Packets.flow;
import static io.pagestream.analyzers.network.Packets.message;
import static io.pagestream.analyzers.network.Packets.packet;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;

final class NetworkAnalyzerTest extends AnalyzerContract {
  private static final String HOST = "source-mac=52:54:00:12:34:56 link=ethernet ";
  private static final String TO_ROUTER = HOST + "destination-mac=52:55:0a:00:02:02 ";
  private static final String LOOPBACK =
      "link=ethernet source-mac=00:00:00:00:00:00 destination-mac=00:00:00:00:00:00 ";

  @Override
  protected String analyzer() {
    return "network";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        sample(
            "tcp-syn",
            packet(
                "tcp-syn",
                "TCP 10.0.2.15:54321 > 93.184.216.34:443",
                TO_ROUTER
                    + "protocol=tcp source=10.0.2.15 source-port=54321 destination=93.184.216.34"
                    + " destination-port=443 tcp-flags=SYN hop-limit=64 checksum=verified"
                    + " payload-length=0"),
            flow(74, "TCP 10.0.2.15:54321 - 93.184.216.34:443")),
        sample(
            "tcp-data-raw",
            packet(
                "tcp-data-raw",
                "TCP 10.0.2.15:22 > 10.0.2.2:54321",
                "link=none protocol=tcp source=10.0.2.15 source-port=22 destination=10.0.2.2"
                    + " destination-port=54321 tcp-flags=PSH,ACK hop-limit=64 checksum=verified"
                    + " payload-length=23"),
            flow(63, "TCP 10.0.2.2:54321 - 10.0.2.15:22")),
        sample(
            "udp-dns",
            packet(
                "udp-dns",
                "UDP 10.0.2.15:40000 > 10.0.2.3:53",
                TO_ROUTER
                    + "protocol=udp source=10.0.2.15 source-port=40000 destination=10.0.2.3"
                    + " destination-port=53 hop-limit=64 checksum=verified payload-length=44"),
            flow(86, "UDP 10.0.2.3:53 - 10.0.2.15:40000"),
            message(42, "dns-message", 44, "www.example.com A", "id=48879 message=query")),
        sample(
            "udp-odd",
            packet(
                "udp-odd",
                "UDP 192.168.1.7:5000 > 224.0.0.251:5001",
                "link=none protocol=udp source=192.168.1.7 source-port=5000 destination=224.0.0.251"
                    + " destination-port=5001 hop-limit=1 checksum=verified payload-length=3"),
            flow(31, "UDP 192.168.1.7:5000 - 224.0.0.251:5001")),
        sample(
            "icmp-echo",
            packet(
                "icmp-echo",
                "ICMP 127.0.0.1 > 127.0.0.1 echo-request",
                "link=none protocol=icmp source=127.0.0.1 destination=127.0.0.1 icmp-type=8"
                    + " icmp-code=0 hop-limit=64 checksum=verified payload-length=16")),
        sample(
            "dhcp-like",
            packet(
                "dhcp-like",
                "UDP 0.0.0.0:68 > 255.255.255.255:67",
                HOST
                    + "destination-mac=ff:ff:ff:ff:ff:ff protocol=udp source=0.0.0.0 source-port=68"
                    + " destination=255.255.255.255 destination-port=67 hop-limit=128"
                    + " checksum=verified payload-length=8"),
            flow(50, "UDP 0.0.0.0:68 - 255.255.255.255:67")),
        sample(
            "loopback-offloaded",
            packet(
                "loopback-offloaded",
                66,
                "TCP 127.0.0.1:31337 > 127.0.0.1:48280",
                LOOPBACK
                    + "protocol=tcp source=127.0.0.1 source-port=31337 destination=127.0.0.1"
                    + " destination-port=48280 tcp-flags=PSH,ACK hop-limit=64 checksum=offloaded"
                    + " payload-length=29"),
            flow(66, "TCP 127.0.0.1:31337 - 127.0.0.1:48280")),
        sample(
            "header-only",
            packet(
                "header-only",
                54,
                "TCP 10.0.2.2:80 > 10.0.2.15:40002",
                TO_ROUTER
                    + "protocol=tcp source=10.0.2.2 source-port=80 destination=10.0.2.15"
                    + " destination-port=40002 tcp-flags=ACK hop-limit=64 checksum=ip-header"
                    + " payload-length=40"),
            flow(54, "TCP 10.0.2.2:80 - 10.0.2.15:40002")),
        sample(
            "all-offloaded",
            packet(
                "all-offloaded",
                54,
                "TCP 10.0.2.2:80 > 10.0.2.15:40002",
                TO_ROUTER
                    + "protocol=tcp source=10.0.2.2 source-port=80 destination=10.0.2.15"
                    + " destination-port=40002 tcp-flags=ACK hop-limit=64 checksum=offloaded"
                    + " payload-length=40"),
            flow(54, "TCP 10.0.2.2:80 - 10.0.2.15:40002")),
        sample(
            "header-only-raw",
            packet(
                "header-only-raw",
                40,
                "TCP 10.0.2.2:80 > 10.0.2.15:40002",
                "link=none protocol=tcp source=10.0.2.2 source-port=80 destination=10.0.2.15"
                    + " destination-port=40002 tcp-flags=ACK hop-limit=64 checksum=ip-header"
                    + " payload-length=40"),
            flow(40, "TCP 10.0.2.2:80 - 10.0.2.15:40002")),
        sample(
            "gre",
            new Found(
                "packet",
                24,
                44,
                "ICMP 127.0.0.1 > 127.0.0.1 echo-request",
                Encoding.BINARY,
                packet(
                        "icmp-echo",
                        "",
                        "link=none protocol=icmp source=127.0.0.1 destination=127.0.0.1"
                            + " icmp-type=8 icmp-code=0 hop-limit=64 checksum=verified"
                            + " payload-length=16")
                    .attributes())),
        sample(
            "vlan",
            packet(
                "vlan",
                "UDP 172.16.0.1:123 > 172.16.0.2:123",
                TO_ROUTER
                    + "vlan=100 protocol=udp source=172.16.0.1 source-port=123"
                    + " destination=172.16.0.2 destination-port=123 hop-limit=64"
                    + " checksum=verified payload-length=48"),
            flow(94, "UDP 172.16.0.1:123 - 172.16.0.2:123")),
        sample(
            "neighbor",
            packet(
                "neighbor",
                "ICMPv6 fe80::5054:ff:fe12:3456 > ff02::1:ff00:2 neighbor-solicitation",
                HOST
                    + "destination-mac=33:33:ff:00:00:02 protocol=icmpv6"
                    + " source=fe80::5054:ff:fe12:3456 destination=ff02::1:ff00:2 icmp-type=135"
                    + " icmp-code=0 hop-limit=255 checksum=verified payload-length=24")),
        sample(
            "mld",
            packet(
                "mld",
                "ICMPv6 :: > ff02::16 multicast-listener-report",
                HOST
                    + "destination-mac=33:33:00:00:00:16 protocol=icmpv6 source=::"
                    + " destination=ff02::16 icmp-type=143 icmp-code=0 hop-limit=1"
                    + " checksum=verified payload-length=20")),
        sample(
            "tcp6-raw",
            packet(
                "tcp6-raw",
                "TCP [2001:db8::1]:50000 > [2001:db8:0:1::2]:25",
                "link=none protocol=tcp source=2001:db8::1 source-port=50000"
                    + " destination=2001:db8:0:1::2 destination-port=25 tcp-flags=PSH,ACK"
                    + " hop-limit=64 checksum=verified payload-length=6"),
            flow(66, "TCP [2001:db8::1]:50000 - [2001:db8:0:1::2]:25")),
        sample(
            "tcp6-class",
            packet(
                "tcp6-class",
                "TCP [2001:db8::1]:50000 > [2001:db8:0:1::2]:22",
                TO_ROUTER
                    + "protocol=tcp source=2001:db8::1 source-port=50000"
                    + " destination=2001:db8:0:1::2 destination-port=22 tcp-flags=ACK"
                    + " hop-limit=64 checksum=verified payload-length=0"),
            flow(74, "TCP [2001:db8::1]:50000 - [2001:db8:0:1::2]:22")),
        sample(
            "tcp6-offloaded",
            packet(
                "tcp6-offloaded",
                74,
                "TCP [::1]:8080 > [::1]:40004",
                LOOPBACK
                    + "protocol=tcp source=::1 source-port=8080 destination=::1"
                    + " destination-port=40004 tcp-flags=PSH,ACK hop-limit=64 checksum=offloaded"
                    + " payload-length=10"),
            flow(74, "TCP [::1]:8080 - [::1]:40004")),
        sample(
            "arp-request",
            packet(
                "arp-request",
                "ARP who-has 10.0.2.2 tell 10.0.2.15",
                HOST
                    + "destination-mac=ff:ff:ff:ff:ff:ff protocol=arp source=10.0.2.15"
                    + " destination=10.0.2.2")),
        sample(
            "arp-reply",
            packet(
                "arp-reply",
                "ARP reply 10.0.2.2 is-at 52:55:0a:00:02:02",
                "link=ethernet source-mac=52:55:0a:00:02:02 destination-mac=52:54:00:12:34:56"
                    + " protocol=arp source=10.0.2.2 destination=10.0.2.15")),
        sample(
            "dns-response",
            message(
                0,
                "dns-message",
                124,
                "www.example.com A",
                "id=6699 message=response rcode=no-error answer-count=2"
                    + " answers=CNAME\u00a0edge.example.com;93.184.216.34")),
        sample(
            "dns-nx",
            message(
                0,
                "dns-message",
                30,
                "no.such.test AAAA",
                "id=7 message=response rcode=no-such-name answer-count=0")),
        sample("mdns", message(0, "dns-message", 55, "_ipp._tcp.local PTR", "id=0 message=query")),
        sample(
            "dns-srv",
            message(
                0,
                "dns-message",
                55,
                "_ldap._tcp.dc._msdcs.corp.example.org SRV",
                "id=257 message=query")),
        sample(
            "hello-ja4",
            message(
                0,
                "tls-client-hello",
                321,
                "www.example.org",
                "server-name=www.example.org alpn=h2,http/1.1 tls-version=1.3"
                    + " ja3=c000e2caf3a25423f9de6c8a4b12a975"
                    + " ja4=t13d1516h2_8daaf6152771_e5627efa2ab1")),
        sample(
            "hello-bare",
            message(
                0,
                "tls-client-hello",
                52,
                "no server name",
                "tls-version=SSL\u00a03.0 ja3=75b770b19b5046345a40b0a875139497"
                    + " ja4=ts3i020000_6e254592683c_000000000000")),
        sample("x-ip-checksum"),
        sample("x-all-offloaded-raw"),
        sample("x-tcp6-checksum"),
        sample(
            "x-no-flags",
            packet(
                "x-no-flags",
                20,
                "TCP 10.0.2.15 > 10.0.2.2",
                "protocol=tcp source=10.0.2.15 destination=10.0.2.2 hop-limit=64 checksum=ip-header"
                    + " payload-length=23 link=none")),
        sample("x-multicast-source"),
        sample("x-fragment"),
        sample(
            "x-udp-length",
            packet(
                "x-udp-length",
                20,
                "UDP 10.0.2.15 > 10.0.2.2",
                "protocol=udp source=10.0.2.15 destination=10.0.2.2 hop-limit=64 checksum=ip-header"
                    + " payload-length=18 link=none")),
        sample("x-extension-loop"),
        sample("x-arp-other-mac"),
        sample("x-dns-tld"),
        sample("x-hello-length"));
  }

  private static Sample sample(String name, Found... found) {
    return Sample.of(name, bytes(name), found);
  }
}
