package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.TextRuleContract;

final class Ipv4RuleTest extends TextRuleContract {
  Ipv4RuleTest() {
    super(
        "text",
        "ipv4",
        """
        «192.0.2.142»:4444
        "pool":"«203.0.113.5»:3333"
        ipv4 «198.51.100.23» 203.0.113.199
        http://«10.20.30.40»/
        server «10.0.0.1».
        «10.0.0.0»/8
        10.0.0.1-«10.0.0.9»
        host/«10.0.0.1»:80
        /«10.0.0.1»
        ::ffff:«192.0.2.1»
        dns «8.8.8.8», «1.0.0.1»
        ping «5.188.86.172»
        a=«127.0.0.1»
        «4.6.85.25»:80
        Failed password for root from «5.45.72.9» port 4242
        \tinet «2.17.22.9» netmask 255.255.255.0
        inet addr:«5.9.22.7»  Bcast:
        Received: from mx ([«23.20.10.5»]) by y
        postfix/smtpd: connect from unknown[«5.9.22.7»]
        {"ip":"«5.9.22.7»"}
        "clientIp": "«5.9.22.7»"
        remote_addr=«5.9.22.7»
        X-Forwarded-For: «5.9.22.7»
        «5.9.22.7» - - [01/Jan/2026
        nameserver «5.9.22.7»
        Connection closed by «5.9.22.7»
        inet «5.45.72.9»/24 brd
        \tinet «5.45.72.9»  netmask 255.255.255.0  broadcast 5.45.72.255
        inet addr:«5.45.72.9» Bcast:5.45.72.255
        Accepted publickey for bob from «5.45.72.9» port 51022 ssh2
        Accepted password for bob from «5.45.72.9» port 51022 ssh2
        Invalid user admin from «5.45.72.9»
        Invalid user admin from «5.45.72.9» port 4711
        Failed password for invalid user x from «1.2.3.4» port 4711 ssh2
        Disconnected from user bob «5.45.72.9» port 51022
        Disconnected from invalid user bob «5.45.72.9» port 51022 [preauth]
        Received disconnect from «5.45.72.9» port 51022:11:
        Connection closed by authenticating user root «5.45.72.9» port 4711
        Connection closed by invalid user x «5.45.72.9» port 22
        Connection from «5.45.72.9» port 51022 on 10.0.0.1 port 22
        Did not receive identification string from «5.45.72.9»
        Received: from mail.example.org (mail.example.org [«1.2.3.4»])
        Received: from mail.example.org [«1.2.3.4»] by mx
        Received: from [«1.2.3.4»] (helo=x)
        Received: from mail.example.org (HELO x) («1.2.3.4»)
        Received: from unknown («1.2.3.4») by
        X-Originating-IP: [«1.2.3.4»]
        X-Real-IP: «1.2.3.4»
        client-ip=«1.2.3.4»;
        {"src_ip":"«1.2.3.4»","dst_ip":"5.6.7.8"}
        {"src_ip":"1.2.3.4","dst_ip":"«5.6.7.8»"}
        "remoteAddr": "«5.9.22.7»"
        "address":"«5.9.22.7»"
        SRC=«5.9.22.7» DST=10.0.0.1
        SRC=10.0.0.1 DST=«5.9.22.7» LEN=60
        rhost=«5.9.22.7»  user=root
        «5.9.22.7» - bob [01/Jan/2026:00:00:00
        «5.9.22.7» - - [01/Jan/2026:00:00:00
        ssh root@«5.9.22.7»
        scp x root@«5.9.22.7»:/tmp
        ping «5.9.22.7»
        PING «5.9.22.7» (5.9.22.7) 56(84) bytes
        64 bytes from «5.9.22.7»: icmp_seq=1
        64 bytes from «5.9.22.7»: icmp_seq
        nameserver «4.4.4.5»
        default via «5.9.22.1» dev eth0
        nslookup «5.9.22.7»
        Server: «5.9.22.7»
        DHCPACK from «5.9.22.7»
        DHCPOFFER of «5.9.22.7» from
        bound to «5.9.22.7» --
        Listening on «5.9.22.7»
        <ip>«5.9.22.7»</ip>
        ip_address: «5.9.22.7»
        host=«5.9.22.7»
        IP Address: «5.9.22.7»
        IPv4 Address. . . . . . . . . . . : «5.9.22.7»
        Default Gateway . . . . . . . . . : «5.9.22.1»
        Blocked IP «5.9.22.7»
        v=spf1 ip4:«5.9.22.7» -all
        TCP «5.9.22.7»:443
        tcp 0 0 10.0.0.5:22 «5.9.22.7»:51022 ESTABLISHED
        imap-login: Login: user=<bob>, method=PLAIN, rip=«5.9.22.7», lip=10.0.0.1
        "sourceIP":"«5.9.22.7»"
        clientip=«5.9.22.7»
        connect from mail.example.org[«5.9.22.7»]: 250
        www IN A «5.9.22.7»
        lease «5.9.22.7» {
        fixed-address «5.9.22.7»;
        Allow from «5.9.22.7»
        [client «5.9.22.7»:51022] AH01630
        Address: «5.9.22.7»#53
        sshd[123]: error: maximum authentication attempts exceeded for root from «5.9.22.7» port 22 ssh2
        reverse mapping checking getaddrinfo for x.example.org [«5.9.22.7»] failed
        pam_unix(sshd:auth): authentication failure; rhost=«5.9.22.7»  user=root
        X-Forwarded-For: 1.2.3.4, 5.6.7.8, «5.9.22.7»
        DNS Servers: «4.4.4.5», 9.9.9.9
        IP 1.2.3.4 > «5.9.22.7»: ICMP
        DHCPACK of 5.9.22.8 from «5.9.22.7»
        arp who-has «5.9.22.7» tell 10.0.0.1
        ? («5.9.22.7») at 52:54:00:12:34:56 [ether] on eth0
        ARP, Reply «5.9.22.7» is-at 52:54:00:12:34:56
        Nmap scan report for «5.9.22.7»
        «5.9.22.7»\tlocalhost.example.org
        """,
        """
        256.1.1.1
        1.2.3
        192.0.2.142.7
        192.0.02.142
        lib-101.102.103.104
        x192.0.2.1
        192.0.2.1x
        192.0.2.1_
        Version 101.2.3.4
        FileVersion\0\0101.0.2.3
        Chrome/101.2.3.4
        foo==101.2.3.4
        101.2.3.4-beta
        0.0.0.0
        255.255.255.0
        2.5.29.15
        V8 to 4.6.85.25
        // 20.8.2.4\s
        1.3.6.1.4.1
        upgraded from 5.9.22.7 to 5.9.22.8
        zip 5.9.22.7
        [5.9.22.7]
        version=5.9.22.7
        {"version":"5.9.22.7"}
        python 3.11.2.4
        linux-image 6.1.0.13
        Version: 5.9.22.7
        version 5.9.22.7
        "version": "5.9.22.7"
        v5.9.22.7
        release 5.9.22.7
        libfoo.so.5.9.22.7
        foo-5.9.22.7.tar.gz
        Chrome/5.9.22.7 Safari
        ProductVersion\0005.9.22.7
        section 4.1.2.3
        RFC 2616 4.1.2.3
        1.2.840.113549.1
        1.2.3.4.5
        upgraded from 5.9.22.7 to
        driver 5.9.22.7
        versions 5.9.22.6, 5.9.22.7
        Mozilla/5.9.22.7
        update 5.9.22.7
        assemblyVersion="5.9.22.7"
        AssemblyFileVersion("1.2.3.4")
        FileVersion: 5.9.22.7
        requires >= 5.9.22.7
        (5.9.22.7-1ubuntu1)
        """);
  }
}
