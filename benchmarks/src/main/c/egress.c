/*
 * What fan-out costs in C: the yardstick of `strait bench egress`.
 *
 * Copies a burst out of a cache once; then, for each viewer in turn and each packet: writes an RTP header of the viewer's
 * own, moves the payload's VP8 picture id, notes for resends what was sent, seals the payload into the datagram with
 * AES-128-GCM (RFC 7714), and sends with sendmmsg, a viewer's packets as one UDP_SEGMENT message.
 *
 * usage: egress openssl|ipsec-mb|none VIEWERS BURST FIRST-ADDRESS
 *
 * The viewers' addresses are FIRST-ADDRESS and those that follow, all at port 5004. Each line on standard input is a number of milliseconds of this
 * thread's CPU time; the answer is a line with the packets sent in it and the nanoseconds of CPU time they took.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { CACHE = 512, SLOT = 1536, HEADER = 20, PACKET = 1200, TAG = 16, MESSAGES = 16, SEGMENTS = 16, BOOK = 1024 };

/* What libipsec-mb 1.x has at these places of its manager: see IpsecMbLibrary.java, which reads the same. */
enum { GCM128_ENC = 256, GCM128_PRE = 448 };
typedef void gcm_enc(const void *key, void *state, uint8_t *out, const uint8_t *in, uint64_t bytes, const uint8_t *iv,
                     const uint8_t *aad, uint64_t aad_bytes, uint8_t *tag, uint64_t tag_bytes);
typedef void gcm_pre(const void *key, void *key_data);

struct viewer {
    struct sockaddr_in to;
    uint32_t ssrc, timestamp_offset;
    uint64_t sequence;
    uint16_t transport_sequence, picture_offset;
    uint64_t sent[BOOK];
    uint8_t salt[12];
    EVP_CIPHER_CTX *context;
    void *key_data;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint8_t cache[CACHE][SLOT], stage[SEGMENTS][SLOT], slots[MESSAGES * SEGMENTS][SLOT] __attribute__((aligned(64)));
static struct iovec vectors[MESSAGES * SEGMENTS];
static struct mmsghdr messages[MESSAGES];
static char controls[MESSAGES][CMSG_SPACE(sizeof(uint16_t))] __attribute__((aligned(8)));
static gcm_enc *seal_by_ipsec_mb;
static uint8_t gcm_state[256] __attribute__((aligned(64)));

/* Writes and seals one packet; returns its size. */
static int write_packet(struct viewer *viewer, const uint8_t *cached, uint8_t *staged, uint32_t timestamp, uint8_t *out) {
    uint16_t sequence = htons((uint16_t)viewer->sequence), transport = htons(viewer->transport_sequence++);
    uint32_t stamp = htonl(timestamp + viewer->timestamp_offset), ssrc = htonl(viewer->ssrc);
    memcpy(out, "\x90\x60", 2);
    memcpy(out + 2, &sequence, 2);
    memcpy(out + 4, &stamp, 4);
    memcpy(out + 8, &ssrc, 4);
    memcpy(out + 12, "\xbe\xde\x00\x01\x51", 5); /* one-byte extension 5: the transport-wide sequence number */
    memcpy(out + 17, &transport, 2);
    out[19] = 0;
    uint16_t picture = htons(0x8000 | (((cached[HEADER + 2] << 8 | cached[HEADER + 3]) + viewer->picture_offset) & 0x7fff));
    memcpy(staged + HEADER + 2, &picture, 2); /* behind the two bytes of the descriptor that say it is there */
    viewer->sent[viewer->sequence % BOOK] =
        viewer->sequence << 32 | (uint64_t)viewer->picture_offset << 16 | viewer->transport_sequence;
    uint8_t iv[12] = {0, 0, ssrc, ssrc >> 8, ssrc >> 16, ssrc >> 24};
    for (int i = 0; i < 6; i++) iv[6 + i] = (uint8_t)(viewer->sequence >> (40 - 8 * i));
    for (int i = 0; i < 12; i++) iv[i] ^= viewer->salt[i];
    viewer->sequence++;
    const uint8_t *plain = staged + HEADER;
    uint8_t *text = out + HEADER, *tag = out + PACKET;
    if (viewer->key_data) {
        seal_by_ipsec_mb(viewer->key_data, gcm_state, text, plain, PACKET - HEADER, iv, out, HEADER, tag, TAG);
    } else if (viewer->context) {
        int n;
        if (!EVP_EncryptInit_ex(viewer->context, NULL, NULL, NULL, iv) ||
            !EVP_EncryptUpdate(viewer->context, NULL, &n, out, HEADER) ||
            !EVP_EncryptUpdate(viewer->context, text, &n, plain, PACKET - HEADER) ||
            !EVP_EncryptFinal_ex(viewer->context, tag, &n) ||
            !EVP_CIPHER_CTX_ctrl(viewer->context, EVP_CTRL_AEAD_GET_TAG, TAG, tag)) fail("OpenSSL");
    }
    return PACKET + TAG;
}

static void send_all(int fd, int count) {
    for (int done = 0; done < count;) {
        int sent = sendmmsg(fd, messages + done, count - done, 0);
        if (sent > 0) done += sent;
        else if (errno != EAGAIN && errno != EINTR) fail("sendmmsg");
    }
}

/* One burst to every viewer. */
static void fan_out(int fd, struct viewer *viewers, int count, int burst, uint64_t first) {
    int message = 0, slot = 0;
    for (int i = 0; i < burst; i++) memcpy(stage[i], cache[(first + i) % CACHE], PACKET);
    for (int v = 0; v < count; v++) {
        struct msghdr *header = &messages[message].msg_hdr;
        *header = (struct msghdr){&viewers[v].to, sizeof viewers[v].to, &vectors[slot], burst, NULL, 0, 0};
        int bytes = 0;
        for (int i = 0; i < burst; i++, slot++) {
            const uint8_t *cached = cache[(first + i) % CACHE];
            bytes = write_packet(&viewers[v], cached, stage[i], (uint32_t)first * 90, slots[slot]);
            vectors[slot] = (struct iovec){slots[slot], bytes};
        }
        if (burst > 1) {
            header->msg_control = controls[message];
            header->msg_controllen = sizeof controls[message];
            struct cmsghdr *control = CMSG_FIRSTHDR(header);
            *control = (struct cmsghdr){CMSG_LEN(sizeof(uint16_t)), SOL_UDP, UDP_SEGMENT};
            *(uint16_t *)CMSG_DATA(control) = bytes;
        }
        if (++message == MESSAGES || v == count - 1) {
            send_all(fd, message);
            message = slot = 0;
        }
    }
}

static uint64_t cpu_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static gcm_pre *open_ipsec_mb(void) {
    void *library = dlopen("libIPSec_MB.so.1", RTLD_NOW);
    if (!library) return NULL;
    char *(*new_manager)(uint64_t) = (char *(*)(uint64_t))dlsym(library, "alloc_mb_mgr");
    void (*init)(void *, void *) = (void (*)(void *, void *))dlsym(library, "init_mb_mgr_auto");
    char *manager = new_manager(0);
    init(manager, NULL);
    seal_by_ipsec_mb = *(gcm_enc **)(manager + GCM128_ENC);
    return *(gcm_pre **)(manager + GCM128_PRE);
}

int main(int argc, char **argv) {
    if (argc != 5) return fprintf(stderr, "usage: egress openssl|ipsec-mb|none VIEWERS BURST FIRST-ADDRESS\n"), 2;
    int count = atoi(argv[2]), burst = atoi(argv[3]), probe = IP_PMTUDISC_PROBE, buffer = 4 << 20;
    if (count < 1 || burst < 1 || burst > SEGMENTS) return fprintf(stderr, "1 to %d packets a burst\n", SEGMENTS), 2;
    gcm_pre *expand = strcmp(argv[1], "ipsec-mb") ? NULL : open_ipsec_mb();
    if (!strcmp(argv[1], "ipsec-mb") && !expand) return fprintf(stderr, "libIPSec_MB.so.1: not found\n"), 3;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &probe, sizeof probe) ||
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer)) fail("socket");
    struct viewer *viewers = calloc(count, sizeof *viewers);
    for (int v = 0; v < count; v++) {
        uint8_t key[16];
        for (int i = 0; i < 16; i++) key[i] = rand();
        for (int i = 0; i < 12; i++) viewers[v].salt[i] = rand();
        viewers[v].ssrc = rand();
        viewers[v].timestamp_offset = rand();
        viewers[v].to = (struct sockaddr_in){AF_INET, htons(5004), {htonl(ntohl(inet_addr(argv[4])) + v)}, {0}};
        if (expand) {
            viewers[v].key_data = aligned_alloc(64, 1536);
            expand(key, viewers[v].key_data);
        } else if (!strcmp(argv[1], "openssl")) {
            viewers[v].context = EVP_CIPHER_CTX_new();
            if (!EVP_EncryptInit_ex(viewers[v].context, EVP_aes_128_gcm(), NULL, key, NULL)) fail("OpenSSL");
        }
    }
    for (int slot = 0; slot < CACHE; slot++)
        for (int i = 0; i < SLOT; i++) cache[slot][i] = rand();
    uint64_t first = 0;
    for (long millis; scanf("%ld", &millis) == 1; fflush(stdout)) {
        uint64_t packets = 0, began = cpu_nanos(), now = began;
        for (; now - began < millis * 1000000ull; now = cpu_nanos(), first += burst, packets += (uint64_t)count * burst)
            fan_out(fd, viewers, count, burst, first);
        printf("%llu %llu\n", (unsigned long long)packets, (unsigned long long)(now - began));
    }
    return 0;
}
