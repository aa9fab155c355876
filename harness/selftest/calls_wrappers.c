/* SPDX-License-Identifier: MIT */
/* Each wrapper makes its call and records it. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/calls/here.h"

SELFTEST(life_of_a_connection)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_storage peer;
	socklen_t length = sizeof(address);
	int listener, client, server;
	char data[8];

	recording_start();
	listener = socket(AF_INET, SOCK_STREAM, 0);
	CU_ASSERT_EQUAL(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
	CU_ASSERT(same(argument("bind", "addr"), "{AF_INET, 127.0.0.1:0}"));
	CU_ASSERT(same(argument("bind", "addrlen"), "16"));
	CU_ASSERT_EQUAL(listen(listener, 1), 0);
	CU_ASSERT_EQUAL(getsockname(listener, (struct sockaddr *)&address, &length), 0);
	CU_ASSERT(starts(argument("getsockname", "addr"), "{AF_INET, 127.0.0.1:"));
	CU_ASSERT(same(argument("getsockname", "addrlen"), "[16]"));
	client = socket(AF_INET, SOCK_STREAM, 0);
	CU_ASSERT_EQUAL(connect(client, (struct sockaddr *)&address, sizeof(address)), 0);
	length = sizeof(peer);
	server = accept4(listener, (struct sockaddr *)&peer, &length, SOCK_CLOEXEC);
	CU_ASSERT_TRUE(server >= 0);
	CU_ASSERT(starts(argument("accept4", "addr"), "{AF_INET, 127.0.0.1:"));
	CU_ASSERT(same(argument("accept4", "addrlen"), "[128 => 16]"));
	CU_ASSERT(same(argument("accept4", "flags"), "SOCK_CLOEXEC"));
	length = sizeof(peer);
	CU_ASSERT_EQUAL(getpeername(client, (struct sockaddr *)&peer, &length), 0);
	CU_ASSERT_EQUAL(send(client, "a!", 2, MSG_OOB | MSG_NOSIGNAL), 2);
	CU_ASSERT(same(argument("send", "flags"), "MSG_OOB|MSG_NOSIGNAL"));
	CU_ASSERT_EQUAL(recv(server, data, sizeof(data), 0), 1);
	CU_ASSERT(same(argument("recv", "buf"), "\"a\""));
	CU_ASSERT_EQUAL(sockatmark(server), 1);
	CU_ASSERT(same(result_of("sockatmark"), "1"));
	CU_ASSERT_EQUAL(shutdown(client, SHUT_WR), 0);
	CU_ASSERT(same(argument("shutdown", "how"), "SHUT_WR"));
	CU_ASSERT_EQUAL(fcntl(listener, F_SETFL, O_NONBLOCK), 0);
	CU_ASSERT_EQUAL(accept(listener, NULL, NULL), -1);
	CU_ASSERT_EQUAL(last_call("accept")->error, EAGAIN);
	CU_ASSERT(same(argument("accept", "addrlen"), "NULL"));
	CU_ASSERT(same(argument("fcntl", "arg"), "O_NONBLOCK"));
	close(client);
	close(server);
	close(listener);
	recording_stop();
}

SELFTEST(datagrams)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in from;
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char data[2];

	bind(fd, (struct sockaddr *)&address, sizeof(address));
	getsockname(fd, (struct sockaddr *)&address, &length);
	recording_start();
	CU_ASSERT_EQUAL(sendto(fd, "hello", 5, 0, (struct sockaddr *)&address, length), 5);
	CU_ASSERT(same(argument("sendto", "buf"), "\"hello\""));
	CU_ASSERT(same(argument("sendto", "len"), "5"));
	CU_ASSERT_EQUAL(
		recvfrom(fd, data, sizeof(data), MSG_TRUNC, (struct sockaddr *)&from, &length), 5);
	CU_ASSERT(same(argument("recvfrom", "buf"), "\"he\""));
	CU_ASSERT(same(argument("recvfrom", "src_addr"), argument("sendto", "dest_addr")));
	CU_ASSERT(same(result_of("recvfrom"), "5"));
	recording_stop();
	close(fd);
}

SELFTEST(control_of_descriptors)
{
	int pair[2], copy, count, on = 1;
	char expected[16];

	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	recording_start();
	CU_ASSERT_EQUAL(fcntl(pair[0], F_SETFL, O_NONBLOCK), 0);
	CU_ASSERT_EQUAL(fcntl(pair[0], F_GETFL), O_RDWR | O_NONBLOCK);
	CU_ASSERT(same(result_of("fcntl"), "O_RDWR|O_NONBLOCK"));
	CU_ASSERT_EQUAL(fcntl(pair[0], F_SETFD, FD_CLOEXEC), 0);
	CU_ASSERT(same(argument("fcntl", "cmd"), "F_SETFD"));
	CU_ASSERT(same(argument("fcntl", "arg"), "FD_CLOEXEC"));
	CU_ASSERT_EQUAL(fcntl(pair[0], F_GETFD), FD_CLOEXEC);
	CU_ASSERT(same(result_of("fcntl"), "FD_CLOEXEC"));
	copy = fcntl(pair[0], F_DUPFD, 100);
	CU_ASSERT_EQUAL(copy, 100);
	CU_ASSERT(same(argument("fcntl", "arg"), "100"));
	CU_ASSERT_EQUAL(write(copy, "abc", 3), 3);
	CU_ASSERT_EQUAL(ioctl(pair[1], FIONREAD, &count), 0);
	CU_ASSERT_EQUAL(count, 3);
	CU_ASSERT(same(argument("ioctl", "request"), "SIOCINQ"));
	CU_ASSERT(same(argument("ioctl", "argp"), "[3]"));
	CU_ASSERT_EQUAL(ioctl(pair[1], FIONBIO, &on), 0);
	CU_ASSERT(same(argument("ioctl", "argp"), "[1]"));
	close(copy);
	copy = dup(pair[0]);
	(void)snprintf(expected, sizeof(expected), "%d", copy);
	CU_ASSERT(same(result_of("dup"), expected));
	CU_ASSERT_EQUAL(dup2(pair[0], copy), copy);
	CU_ASSERT_EQUAL(dup3(pair[0], copy, O_CLOEXEC), copy);
	CU_ASSERT(same(argument("dup3", "flags"), "O_CLOEXEC"));
	close(copy);
	recording_stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(interface_requests)
{
	struct ifreq request = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char name[IF_NAMESIZE];
	struct if_nameindex *list;

	recording_start();
	CU_ASSERT_EQUAL(ioctl(fd, SIOCGIFINDEX, &request), 0);
	CU_ASSERT(same(argument("ioctl", "request"), "SIOCGIFINDEX"));
	CU_ASSERT(same(argument("ioctl", "argp"), "{\"lo\", 1}"));
	CU_ASSERT_EQUAL(ioctl(fd, SIOCGIFADDR, &request), 0);
	CU_ASSERT(starts(argument("ioctl", "argp"), "{\"lo\", {AF_INET, 127.0.0.1:"));
	CU_ASSERT_EQUAL(ioctl(fd, 0x12345, NULL), -1);
	CU_ASSERT(same(argument("ioctl", "request"), "0x12345"));
	CU_ASSERT_EQUAL(if_nametoindex("lo"), 1);
	CU_ASSERT(same(argument("if_nametoindex", "ifname"), "\"lo\""));
	CU_ASSERT(same(result_of("if_nametoindex"), "1"));
	CU_ASSERT_PTR_NOT_NULL(if_indextoname(1, name));
	CU_ASSERT(same(result_of("if_indextoname"), "\"lo\""));
	CU_ASSERT_PTR_NULL(if_indextoname(0, name));
	CU_ASSERT_EQUAL(errno, ENXIO);
	CU_ASSERT(same(result_of("if_indextoname"), "NULL"));
	CU_ASSERT_EQUAL(last_call("if_indextoname")->error, ENXIO);
	list = if_nameindex();
	CU_ASSERT(starts(result_of("if_nameindex"), "[{1, \"lo\"}"));
	if_freenameindex(list);
	recording_stop();
	close(fd);
}

SELFTEST(readiness)
{
	struct timespec soon = {.tv_nsec = 1000};
	struct timeval moment = {.tv_usec = 1000};
	struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 77}, got[2];
	struct pollfd ready;
	char expected[64];
	sigset_t mask;
	int pair[2], epoll;
	fd_set set;

	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	recording_start();
	send(pair[0], "x", 1, 0);
	ready = (struct pollfd){.fd = pair[1], .events = POLLIN | POLLOUT};
	CU_ASSERT_EQUAL(poll(&ready, 1, 1000), 1);
	(void)snprintf(expected, sizeof(expected),
		       "[{fd=%d, events=POLLIN|POLLOUT, revents=POLLIN|POLLOUT}]", pair[1]);
	CU_ASSERT(same(argument("poll", "fds"), expected));
	CU_ASSERT_EQUAL(ppoll(&ready, 1, &soon, &mask), 1);
	CU_ASSERT(same(argument("ppoll", "sigmask"), "[SIGUSR1]"));
	FD_ZERO(&set);
	FD_SET(pair[1], &set);
	CU_ASSERT_EQUAL(select(pair[1] + 1, &set, NULL, NULL, &moment), 1);
	(void)snprintf(expected, sizeof(expected), "[%d]", pair[1]);
	CU_ASSERT(same(argument("select", "readfds"), expected));
	CU_ASSERT(same(argument("select", "writefds"), "NULL"));
	CU_ASSERT_EQUAL(pselect(pair[1] + 1, NULL, &set, NULL, &soon, NULL), 1);
	CU_ASSERT(same(argument("pselect", "writefds"), expected));
	CU_ASSERT_EQUAL(select(-1, NULL, NULL, NULL, &moment), -1);
	CU_ASSERT_EQUAL(last_call("select")->error, EINVAL);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	CU_ASSERT(same(argument("epoll_create1", "flags"), "EPOLL_CLOEXEC"));
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_ADD, pair[1], &event), 0);
	CU_ASSERT(same(argument("epoll_ctl", "op"), "EPOLL_CTL_ADD"));
	CU_ASSERT(same(argument("epoll_ctl", "event"), "{events=EPOLLIN|EPOLLET, data=77}"));
	CU_ASSERT_EQUAL(epoll_wait(epoll, got, 2, 1000), 1);
	CU_ASSERT(same(argument("epoll_wait", "events"), "[{events=EPOLLIN, data=77}]"));
	CU_ASSERT_EQUAL(epoll_pwait(epoll, got, 2, 0, NULL), 0);
	CU_ASSERT(same(argument("epoll_pwait", "events"), "[]"));
	close(epoll);
	CU_ASSERT_PTR_NOT_NULL(last_call("close"));
	recording_stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(files_and_sockets)
{
	struct iovec vector[2] = {{"ab", 2}, {"c", 1}};
	int pair[2], pipe_ends[2], file;
	char path[] = "/tmp/sockatlas-selftest-XXXXXX", data[16];
	off_t offset = 1;

	file = mkstemp(path);
	unlink(path);
	CU_ASSERT_EQUAL(write(file, "0123", 4), 4);
	CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	CU_ASSERT_EQUAL(pipe(pipe_ends), 0);
	recording_start();
	CU_ASSERT_EQUAL(writev(pair[0], vector, 2), 3);
	CU_ASSERT(same(argument("writev", "iov"), "[{\"ab\", 2}, {\"c\", 1}]"));
	vector[0] = (struct iovec){data, sizeof(data)};
	CU_ASSERT_EQUAL(readv(pair[1], vector, 1), 3);
	CU_ASSERT(same(argument("readv", "iov"), "[{\"abc\", 16}]"));
	CU_ASSERT_EQUAL(sendfile(pair[0], file, &offset, 2), 2);
	CU_ASSERT(same(argument("sendfile", "offset"), "[3]"));
	CU_ASSERT_EQUAL(splice(pair[1], NULL, pipe_ends[1], NULL, 2, SPLICE_F_MOVE), 2);
	CU_ASSERT(same(argument("splice", "flags"), "SPLICE_F_MOVE"));
	CU_ASSERT(same(argument("splice", "off_in"), "NULL"));
	CU_ASSERT_PTR_EQUAL(mmap(NULL, 64, PROT_READ, MAP_SHARED, pair[0], 0), MAP_FAILED);
	CU_ASSERT(same(argument("mmap", "prot"), "PROT_READ"));
	CU_ASSERT(same(argument("mmap", "flags"), "MAP_SHARED"));
	CU_ASSERT(same(argument("mmap", "offset"), "0"));
	CU_ASSERT_PTR_NOT_NULL_FATAL(last_call("mmap"));
	CU_ASSERT_EQUAL(last_call("mmap")->error, ENODEV);
	recording_stop();
	for (int i = 0; i < 2; i++) {
		close(pair[i]);
		close(pipe_ends[i]);
	}
	close(file);
}

SELFTEST(resolver)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons(80),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE,
				 .ai_family = AF_INET,
				 .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	char host[64], service[16];

	recording_start();
	CU_ASSERT_EQUAL(getaddrinfo("127.0.0.1", "80", &hints, &list), 0);
	CU_ASSERT(same(argument("getaddrinfo", "node"), "\"127.0.0.1\""));
	CU_ASSERT(same(
		argument("getaddrinfo", "hints"),
		"{ai_flags=AI_PASSIVE|AI_NUMERICHOST, ai_family=AF_INET, ai_socktype=SOCK_STREAM, "
		"ai_protocol=0}"));
	CU_ASSERT(strstr(argument("getaddrinfo", "res"),
			 "ai_family=AF_INET, ai_socktype=SOCK_STREAM, ai_protocol=IPPROTO_TCP, "
			 "ai_addr={AF_INET, 127.0.0.1:80}") != NULL);
	CU_ASSERT(same(result_of("getaddrinfo"), "0"));
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(getaddrinfo("no number", NULL, &hints, &list), EAI_NONAME);
	CU_ASSERT(same(result_of("getaddrinfo"), "EAI_NONAME"));
	CU_ASSERT_STRING_EQUAL(gai_strerror(EAI_NONAME), gai_strerror(EAI_NONAME));
	CU_ASSERT(same(argument("gai_strerror", "errcode"), "EAI_NONAME"));
	CU_ASSERT_EQUAL(getnameinfo((struct sockaddr *)&address, sizeof(address), host,
				    sizeof(host), service, sizeof(service),
				    NI_NUMERICHOST | NI_NUMERICSERV),
			0);
	CU_ASSERT(same(argument("getnameinfo", "host"), "\"127.0.0.1\""));
	CU_ASSERT(same(argument("getnameinfo", "serv"), "\"80\""));
	CU_ASSERT(same(argument("getnameinfo", "flags"), "NI_NUMERICHOST|NI_NUMERICSERV"));
	CU_ASSERT_PTR_NOT_NULL(gethostbyname("127.0.0.1"));
	CU_ASSERT(starts(result_of("gethostbyname"), "{h_name=\"127.0.0.1\", h_aliases=["));
	CU_ASSERT(strstr(result_of("gethostbyname"),
			 "h_addrtype=AF_INET, h_length=4, h_addr_list=[127.0.0.1]}") != NULL);
	(void)getprotobynumber(6);
	CU_ASSERT(same(argument("getprotobynumber", "proto"), "IPPROTO_TCP"));
	(void)getservbyport(htons(80), "tcp");
	CU_ASSERT(same(argument("getservbyport", "port"), "htons(80)"));
	(void)getservbyname("no such service", NULL);
	CU_ASSERT(same(result_of("getservbyname"), "NULL"));
	(void)getprotobyname("no such protocol");
	CU_ASSERT_EQUAL(gethostname(host, sizeof(host)), 0);
	CU_ASSERT(starts(argument("gethostname", "name"), "\""));
	recording_stop();
}

SELFTEST(conversion)
{
	struct in_addr address;
	struct in6_addr address6;
	char text[INET6_ADDRSTRLEN];
	volatile uint16_t number;

	recording_start();
	CU_ASSERT_EQUAL(inet_aton("127.1", &address), 1);
	CU_ASSERT(same(argument("inet_aton", "inp"), "htonl(INADDR_LOOPBACK)"));
	CU_ASSERT_EQUAL(inet_addr("192.0.2.1"), htonl(0xc0000201));
	CU_ASSERT(same(result_of("inet_addr"), "htonl(0xc0000201)"));
	CU_ASSERT_EQUAL(inet_addr("x"), INADDR_NONE);
	CU_ASSERT(same(result_of("inet_addr"), "INADDR_NONE"));
	CU_ASSERT_STRING_EQUAL(inet_ntoa(address), "127.0.0.1");
	CU_ASSERT(same(result_of("inet_ntoa"), "\"127.0.0.1\""));
	CU_ASSERT_EQUAL(inet_pton(AF_INET6, "::1", &address6), 1);
	CU_ASSERT(same(argument("inet_pton", "dst"), "::1"));
	CU_ASSERT_PTR_NOT_NULL(inet_ntop(AF_INET6, &address6, text, sizeof(text)));
	CU_ASSERT(same(argument("inet_ntop", "src"), "::1"));
	CU_ASSERT(same(argument("inet_ntop", "dst"), "\"::1\""));
	CU_ASSERT_PTR_NULL(inet_ntop(AF_INET6, &address6, text, 2));
	CU_ASSERT_EQUAL(errno, ENOSPC);
	CU_ASSERT_EQUAL(last_call("inet_ntop")->error, ENOSPC);
	CU_ASSERT_EQUAL(inet_network("10.0.0.1"), 0xa000001);
	CU_ASSERT(same(result_of("inet_network"), "0xa000001"));
	number = (htons)(0x1234);
	CU_ASSERT_EQUAL(number, htons(0x1234));
	CU_ASSERT(same(argument("htons", "hostshort"), "0x1234"));
	recording_stop();
}
