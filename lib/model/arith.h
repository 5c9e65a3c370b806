/*
 * Arithmetic that all machines agree on: exp and friends made of additions and
 * products in a fixed order, never fused.
 */
#ifndef DESK_MODEL_ARITH_H
#define DESK_MODEL_ARITH_H

#include <float.h>
#include <stdint.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

_Static_assert(FLT_EVAL_METHOD == 0, "float arithmetic in float");

/* The numbers with these bits. */
static inline float
desk_float_of(uint32_t bits)
{
	float x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

static inline uint32_t
desk_bits_of(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

/* e to the power of x, to about 1 part in 10^7; x is held within +-87. */
static inline float
desk_expf(float x)
{
	x = x < -87.0f ? -87.0f : x > 87.0f ? 87.0f : x;
	float n = x * 1.44269504f;
	int32_t whole = (int32_t)(n + (n < 0 ? -0.5f : 0.5f));
	n = (float)whole;
	float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
	float p = 1.9875691e-4f;
	p = p * r + 1.3981999e-3f;
	p = p * r + 8.3334519e-3f;
	p = p * r + 4.1665795e-2f;
	p = p * r + 1.6666665e-1f;
	p = p * r + 0.5f;
	p = p * r * r + r + 1.0f;
	return p * desk_float_of((uint32_t)(whole + 127) << 23);
}

/* The natural logarithm of a normal positive number, to 1 part in 10^6. */
static inline float
desk_logf(float x)
{
	uint32_t bits = desk_bits_of(x);
	int32_t whole = (int32_t)(bits >> 23) - 127;
	float m = desk_float_of((bits & 0x7FFFFF) | 0x3F800000);
	if (m > 1.41421356f) {
		m *= 0.5f;
		whole++;
	}
	float s = (m - 1) / (m + 1), q = s * s;
	float p = ((q * (1.0f / 7) + 0.2f) * q + 1.0f / 3) * q + 1.0f;
	return 2 * s * p + (float)whole * 0.69314718f;
}

/* One over the square root of a normal positive number, to about 1 in 10^5. */
static inline float
desk_rsqrtf(float x)
{
	float y = desk_float_of(0x5F3759DF - (desk_bits_of(x) >> 1));
	float half = 0.5f * x;
	y = y * (1.5f - half * y * y);
	return y * (1.5f - half * y * y);
}

#endif
