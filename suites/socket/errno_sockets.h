/* SPDX-License-Identifier: MIT */
/*
 * Sockets in the states that the matrices of errors start from. Each function makes
 * one and returns its descriptor; a failure is an error of the case's setup.
 */
#ifndef SOCKATLAS_SUITES_SOCKET_ERRNO_SOCKETS_H
#define SOCKATLAS_SUITES_SOCKET_ERRNO_SOCKETS_H

/* A TCP socket, neither bound nor connected. */
int fresh_stream(void);
/* A UDP socket, neither bound nor connected. */
int fresh_datagram(void);
/* A TCP socket bound to a free port of 127.0.0.1. */
int bound_stream(void);
/* A TCP socket that listens, with two connections waiting to be accepted. */
int waiting_listener(void);
/* One end of a TCP connection; two bytes wait in it. */
int connected_stream(void);
/* A UDP socket connected to its own address, with two datagrams of one byte waiting in it. */
int own_peer(void);

#endif
